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
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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
  int length = av_log_format_line2(
    source, level, format, arguments, line, sizeof line, &isLineStart);
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
static inline int lfLimitMemory(uint64_t bytes) { return lfLimit(RLIMIT_AS, bytes); }
static inline int lfLimitProcessorTime(uint64_t seconds) { return lfLimit(RLIMIT_CPU, seconds); }
static inline int lfForbidCoreDump(void) { return lfLimit(RLIMIT_CORE, 0); }

/// Runs a program from PATH until it ends, with nothing on its standard input.
///
/// The program dies with the calling thread. The last `capacity` bytes of what it writes are kept in
/// `tail`, and `*length` counts them. Returns the status of waitpid, or a negative errno when it
/// could not be started.
static inline int lfRun(
  const char *program, char *const arguments[], char *tail, size_t capacity, size_t *length) {
  int output[2], failure[2];
  *length = 0;
  if (pipe2(output, O_CLOEXEC) != 0) return -errno;
  if (pipe2(failure, O_CLOEXEC) != 0) {
    int error = errno;
    close(output[0]);
    close(output[1]);
    return -error;
  }
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    // Only async-signal-safe calls from here: another thread may have held any lock.
    int empty = open("/dev/null", O_RDWR | O_CLOEXEC);
    int isReady = prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent
      && dup2(empty, STDIN_FILENO) >= 0 && dup2(output[1], STDOUT_FILENO) >= 0
      && dup2(output[1], STDERR_FILENO) >= 0;
    if (isReady) execvp(program, arguments);
    int error = errno;
    ssize_t written = write(failure[1], &error, sizeof error);
    (void)written;
    _exit(127);
  }
  int error = child < 0 ? errno : 0;
  close(output[1]);
  close(failure[1]);
  while (child > 0) {
    char chunk[4096];
    ssize_t count = read(output[0], chunk, sizeof chunk);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    size_t kept = (size_t)count < capacity ? (size_t)count : capacity;
    size_t overflow = *length + kept > capacity ? *length + kept - capacity : 0;
    memmove(tail, tail + overflow, *length - overflow);
    memcpy(tail + *length - overflow, chunk + count - kept, kept);
    *length += kept - overflow;
  }
  int status = 0;
  if (child > 0) {
    int startError = 0;
    ssize_t count;
    do count = read(failure[0], &startError, sizeof startError);
    while (count < 0 && errno == EINTR);
    if (count == sizeof startError) error = startError;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {}
  }
  close(output[0]);
  close(failure[0]);
  return error ? -error : status;
}
