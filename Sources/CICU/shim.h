// ICU's functions are macros that add a version to each name, which Swift does not import.
#pragma once
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unicode/ucsdet.h>

static inline UCharsetDetector *icu_detector_open(UErrorCode *status) {
  return ucsdet_open(status);
}

static inline void icu_detector_close(UCharsetDetector *detector) { ucsdet_close(detector); }

static inline void icu_detector_set_text(
    UCharsetDetector *detector, const char *text, int32_t length, UErrorCode *status) {
  ucsdet_setText(detector, text, length, status);
}

static inline const UCharsetMatch *const *icu_detector_detect_all(
    UCharsetDetector *detector, int32_t *count, UErrorCode *status) {
  const UCharsetMatch **matches = ucsdet_detectAll(detector, count, status);
  return matches;
}

static inline const char *icu_match_name(const UCharsetMatch *match, UErrorCode *status) {
  return ucsdet_getName(match, status);
}

static inline int32_t icu_match_confidence(const UCharsetMatch *match, UErrorCode *status) {
  return ucsdet_getConfidence(match, status);
}

static inline UConverter *icu_converter_open(const char *name, UErrorCode *status) {
  return ucnv_open(name, status);
}

static inline void icu_converter_close(UConverter *converter) { ucnv_close(converter); }

static inline const char *icu_converter_name(UConverter *converter, UErrorCode *status) {
  return ucnv_getName(converter, status);
}

// The name by a standard such as "MIME" or "IANA", or null.
static inline const char *icu_standard_name(
    const char *name, const char *standard, UErrorCode *status) {
  return ucnv_getStandardName(name, standard, status);
}

static inline int32_t icu_to_utf16(
    UConverter *converter, UChar *out, int32_t capacity, const char *bytes, int32_t count,
    UErrorCode *status) {
  return ucnv_toUChars(converter, out, capacity, bytes, count, status);
}

static inline int32_t icu_from_utf16(
    UConverter *converter, char *out, int32_t capacity, const UChar *text, int32_t count,
    UErrorCode *status) {
  return ucnv_fromUChars(converter, out, capacity, text, count, status);
}
