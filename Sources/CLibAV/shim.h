#pragma once

// What Swift can't import from libav by itself: macros that compute, variadic functions, and arrays
// that libav frees itself. And one thing that Swift may not do: fork.

#include <errno.h>
#include <fcntl.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/log.h>
#include <libavutil/mathematics.h>
#include <libavutil/mem.h>
#include <libavutil/sha.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const int lfErrorEndOfFile = AVERROR_EOF;
static const int lfErrorInvalidData = AVERROR_INVALIDDATA;
static const uint32_t lfTagHVC1 = MKTAG('h', 'v', 'c', '1');

/// The errno inside a libav error code; 0 for an error of libav's own.
static inline int lfErrno(int code) {
  return code < 0 && AVUNERROR(code) < 4096 ? AVUNERROR(code) : 0;
}

/// libav's log on standard error: warnings and worse, at most 64 KiB in all.
static inline void lfLogCallback(void *source, int level, const char *format, va_list arguments) {
  static int isLineStart = 1;
  static long room = 64 * 1024;
  if (level > AV_LOG_WARNING || __atomic_load_n(&room, __ATOMIC_RELAXED) <= 0) return;
  char line[1024];
  // Decoders' threads log too.
  int isStart = __atomic_load_n(&isLineStart, __ATOMIC_RELAXED);
  int length = av_log_format_line2(
    source, level, format, arguments, line, sizeof line, &isStart);
  __atomic_store_n(&isLineStart, isStart, __ATOMIC_RELAXED);
  if (length <= 0) return;
  if (length > (int)sizeof line - 1) length = sizeof line - 1;
  __atomic_sub_fetch(&room, length, __ATOMIC_RELAXED);
  ssize_t written = write(STDERR_FILENO, line, length);
  (void)written;
}

static inline void lfLimitLog(void) { av_log_set_callback(lfLogCallback); }

/// A private copy of `bytes` as the codec's extradata, padded as libav wants it.
static inline int lfSetExtradata(AVCodecParameters *parameters, const uint8_t *bytes, int count) {
  uint8_t *copy = av_mallocz(count + AV_INPUT_BUFFER_PADDING_SIZE);
  if (!copy) return AVERROR(ENOMEM);
  memcpy(copy, bytes, count);
  av_freep(&parameters->extradata);
  parameters->extradata = copy;
  parameters->extradata_size = count;
  return 0;
}

/// Appends a chapter, in milliseconds; the context frees it.
static inline int lfAddChapter(
  AVFormatContext *context, int64_t start, int64_t end, const char *title) {
  AVChapter *chapter = av_mallocz(sizeof *chapter);
  if (!chapter) return AVERROR(ENOMEM);
  chapter->id = context->nb_chapters + 1;
  chapter->time_base = (AVRational){1, 1000};
  chapter->start = start;
  chapter->end = end;
  AVChapter **chapters = av_realloc_array(
    context->chapters, context->nb_chapters + 1, sizeof *chapters);
  if (!chapters) {
    av_free(chapter);
    return AVERROR(ENOMEM);
  }
  context->chapters = chapters;
  chapters[context->nb_chapters++] = chapter;
  return av_dict_set(&chapter->metadata, "title", title, 0);
}

static inline int lfCopySideData(AVStream *to, const AVStream *from) {
  for (int i = 0; i < from->nb_side_data; i++) {
    const AVPacketSideData *side = &from->side_data[i];
    uint8_t *copy = av_stream_new_side_data(to, side->type, side->size);
    if (!copy) return AVERROR(ENOMEM);
    memcpy(copy, side->data, side->size);
  }
  return 0;
}

/// The calling process dies with the thread that started it.
static inline int lfDieWithParent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL); }

static inline int lfLimit(int resource, uint64_t value) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return -1;
  if (limit.rlim_max == RLIM_INFINITY || value < limit.rlim_max) limit.rlim_max = value;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(resource, &limit);
}

/// There in a build with a sanitizer, whose tables take terabytes of address space.
extern void __asan_init(void) __attribute__((weak));
extern void __tsan_init(void) __attribute__((weak));

static inline int lfLimitMemory(uint64_t bytes) {
  return __asan_init || __tsan_init ? 0 : lfLimit(RLIMIT_AS, bytes);
}
static inline int lfLimitProcessorTime(uint64_t seconds) { return lfLimit(RLIMIT_CPU, seconds); }
static inline int lfForbidCoreDump(void) { return lfLimit(RLIMIT_CORE, 0); }

/// Has the kernel refuse every socket but those of the Unix family, to this process and all that it starts. Call it
/// before other threads are there. Returns 0, or the errno of a kernel or a sandbox without such filters.
static inline int lfForbidNetwork(void) {
#if defined(__x86_64__)
  const uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  const uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
  return ENOSYS;
#endif
#if defined(__x86_64__) || defined(__aarch64__)
  struct sock_filter steps[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    // The 32-bit calls of x86-64, and what could open sockets behind the filter's back.
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 4, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_io_uring_setup, 3, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 3),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {sizeof steps / sizeof steps[0], steps};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ? 0 : errno;
#endif
}

/// What a program writes on its standard output while it runs.
typedef void (*lfOutput)(const char *bytes, size_t count, void *context);

/// Runs a program from PATH until it ends, with nothing on its standard input.
///
/// The program dies with the calling thread. What it writes on its standard output goes to `onOutput`; the last
/// `capacity` bytes of its standard error are kept in `tail`, and `*length` counts them. Returns the status of waitpid,
/// or a negative errno when it could not be started.
static inline int lfRun(
  const char *program, char *const arguments[], char *tail, size_t capacity, size_t *length,
  lfOutput onOutput, void *context) {
  // Read ends: standard output, standard error, and the errno of a start that failed.
  int pipes[3][2];
  *length = 0;
  for (int i = 0; i < 3; i++) {
    if (pipe2(pipes[i], O_CLOEXEC) == 0) continue;
    int error = errno;
    for (int j = 0; j < i; j++) {
      close(pipes[j][0]);
      close(pipes[j][1]);
    }
    return -error;
  }
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    // Only async-signal-safe calls from here: another thread may have held any lock.
    int empty = open("/dev/null", O_RDWR | O_CLOEXEC);
    int isReady = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent
      && dup2(empty, STDIN_FILENO) >= 0 && dup2(pipes[0][1], STDOUT_FILENO) >= 0
      && dup2(pipes[1][1], STDERR_FILENO) >= 0;
    if (isReady) execvp(program, arguments);
    int error = errno;
    ssize_t written = write(pipes[2][1], &error, sizeof error);
    (void)written;
    _exit(127);
  }
  int error = child < 0 ? errno : 0;
  for (int i = 0; i < 3; i++) close(pipes[i][1]);
  struct pollfd ends[2] = {{pipes[0][0], POLLIN, 0}, {pipes[1][0], POLLIN, 0}};
  int open = child > 0 ? 2 : 0;
  while (open > 0) {
    if (poll(ends, 2, -1) < 0) {
      // What it said before is not true any more.
      if (errno == EINTR) continue;
      break;
    }
    for (int i = 0; i < 2; i++) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      char chunk[4096];
      ssize_t count = read(ends[i].fd, chunk, sizeof chunk);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        ends[i].fd = -1;
        open--;
      } else if (i == 0) {
        if (onOutput) onOutput(chunk, (size_t)count, context);
      } else {
        size_t kept = (size_t)count < capacity ? (size_t)count : capacity;
        size_t overflow = *length + kept > capacity ? *length + kept - capacity : 0;
        memmove(tail, tail + overflow, *length - overflow);
        memcpy(tail + *length - overflow, chunk + count - kept, kept);
        *length += kept - overflow;
      }
    }
  }
  int status = 0;
  if (child > 0) {
    int startError = 0;
    ssize_t count;
    do count = read(pipes[2][0], &startError, sizeof startError);
    while (count < 0 && errno == EINTR);
    if (count == sizeof startError) error = startError;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  }
  for (int i = 0; i < 3; i++) close(pipes[i][0]);
  return error ? -error : status;
}
