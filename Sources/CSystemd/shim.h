#pragma once
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <systemd/sd-daemon.h>
// The location is the caller's own; without this, sd_journal_sendv is a macro.
#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

/// Whether a descriptor is the stream "DEVICE:INODE" that systemd tells in JOURNAL_STREAM.
static inline int lf_is_stream(int descriptor, const char *stream) {
  unsigned long long device, inode;
  struct stat status;
  if (sscanf(stream, "%llu:%llu", &device, &inode) != 2) return 0;
  if (fstat(descriptor, &status) != 0) return 0;
  return status.st_dev == device && status.st_ino == inode;
}
