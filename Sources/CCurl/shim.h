#pragma once

// What Swift can't import from libcurl by itself: variadic functions and macros that compute.

#include <curl/curl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>

static inline CURLcode lfGlobalInit(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

/// Whether libcurl knows a file with all that the system trusts.
static inline int lfHasBundle(void) { return curl_version_info(CURLVERSION_NOW)->cainfo != NULL; }

// One setter for each type of value. libcurl reads the value as the option's number says, so a
// value of another type would be undefined; it is refused instead.

static inline int lfIsOption(CURLoption option, int base) {
  return (int)option >= base && (int)option < base + 10000;
}

static inline CURLcode lfSetLong(CURL *easy, CURLoption option, long value) {
  if (!lfIsOption(option, CURLOPTTYPE_LONG)) return CURLE_BAD_FUNCTION_ARGUMENT;
  return curl_easy_setopt(easy, option, value);
}

static inline CURLcode lfSetSize(CURL *easy, CURLoption option, int64_t value) {
  if (!lfIsOption(option, CURLOPTTYPE_OFF_T)) return CURLE_BAD_FUNCTION_ARGUMENT;
  return curl_easy_setopt(easy, option, (curl_off_t)value);
}

/// Texts, which libcurl copies, and objects, which it doesn't.
static inline CURLcode lfSetPointer(CURL *easy, CURLoption option, const void *value) {
  if (!lfIsOption(option, CURLOPTTYPE_OBJECTPOINT)) return CURLE_BAD_FUNCTION_ARGUMENT;
  return curl_easy_setopt(easy, option, value);
}

typedef size_t (*lfBytesCallback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode lfSetWriter(CURL *easy, lfBytesCallback callback, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, callback);
  return code ? code : curl_easy_setopt(easy, CURLOPT_WRITEDATA, context);
}

static inline CURLcode lfSetHeaderReader(CURL *easy, lfBytesCallback callback, void *context) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, callback);
  return code ? code : curl_easy_setopt(easy, CURLOPT_HEADERDATA, context);
}

static inline curl_socket_t lfOpenSocket(
  void *context, curlsocktype purpose, struct curl_sockaddr *address) {
  (void)context;
  (void)purpose;
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Programs that this process starts must not inherit connections: they would keep them open.
static inline CURLcode lfCloseSocketsOnExec(CURL *easy) {
  return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, lfOpenSocket);
}

/// 0 where libcurl doesn't know.
static inline long lfGetLong(CURL *easy, CURLINFO info) {
  long value = 0;
  if ((info & CURLINFO_TYPEMASK) != CURLINFO_LONG) return 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

/// 0 where libcurl doesn't know.
static inline int64_t lfGetSize(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  if ((info & CURLINFO_TYPEMASK) != CURLINFO_OFF_T) return 0;
  return curl_easy_getinfo(easy, info, &value) == CURLE_OK ? value : 0;
}

static inline CURLMcode lfSetMultiLong(CURLM *multi, CURLMoption option, long value) {
  if (!lfIsOption((CURLoption)option, CURLOPTTYPE_LONG)) return CURLM_BAD_FUNCTION_ARGUMENT;
  return curl_multi_setopt(multi, option, value);
}

/// Names the calling thread, and keeps signals away from it and the threads it starts.
///
/// A write to a closed connection then raises no SIGPIPE, and no signal ends a poll. Those that
/// tell of a crash stay, for the backtrace.
static inline void lfPrepareThread(const char *name) {
  sigset_t all;
  sigfillset(&all);
  static const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP};
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigdelset(&all, crashes[i]);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
  pthread_setname_np(pthread_self(), name);
}
