// The few functions of ICU that are needed. Its own headers are not included: the Swift toolchain has another version
// of ICU, whose types of the same names would be in conflict with them. ICU adds its version to each name.
#pragma once
#include <stdint.h>
#include <unicode/uvernum.h>

#define LF_ICU_PASTE(name, suffix) name##suffix
#define LF_ICU_NAME(name, suffix) LF_ICU_PASTE(name, suffix)
#define LF_ICU(name) LF_ICU_NAME(name, U_ICU_VERSION_SUFFIX)

// UErrorCode is an int: 0 or less is success. The handles are opaque.
extern void *LF_ICU(ucsdet_open)(int *status);
extern void LF_ICU(ucsdet_close)(void *detector);
extern void LF_ICU(ucsdet_setText)(void *detector, const char *text, int32_t length, int *status);
extern const void **LF_ICU(ucsdet_detectAll)(void *detector, int32_t *count, int *status);
extern const char *LF_ICU(ucsdet_getName)(const void *match, int *status);
extern int32_t LF_ICU(ucsdet_getConfidence)(const void *match, int *status);
extern void *LF_ICU(ucnv_open)(const char *name, int *status);
extern void LF_ICU(ucnv_close)(void *converter);
extern const char *LF_ICU(ucnv_getName)(const void *converter, int *status);
extern const char *LF_ICU(ucnv_getStandardName)(
    const char *name, const char *standard, int *status);
extern int32_t LF_ICU(ucnv_toUChars)(
    void *converter, uint16_t *out, int32_t capacity, const char *bytes, int32_t count, int *status);
extern int32_t LF_ICU(ucnv_fromUChars)(
    void *converter, char *out, int32_t capacity, const uint16_t *text, int32_t count, int *status);

static inline void *icu_detector_open(int *status) { return LF_ICU(ucsdet_open)(status); }

static inline void icu_detector_close(void *detector) { LF_ICU(ucsdet_close)(detector); }

static inline void icu_detector_set_text(
    void *detector, const char *text, int32_t length, int *status) {
  LF_ICU(ucsdet_setText)(detector, text, length, status);
}

static inline const void **icu_detector_detect_all(void *detector, int32_t *count, int *status) {
  return LF_ICU(ucsdet_detectAll)(detector, count, status);
}

static inline const char *icu_match_name(const void *match, int *status) {
  return LF_ICU(ucsdet_getName)(match, status);
}

static inline int32_t icu_match_confidence(const void *match, int *status) {
  return LF_ICU(ucsdet_getConfidence)(match, status);
}

static inline void *icu_converter_open(const char *name, int *status) {
  return LF_ICU(ucnv_open)(name, status);
}

static inline void icu_converter_close(void *converter) { LF_ICU(ucnv_close)(converter); }

static inline const char *icu_converter_name(const void *converter, int *status) {
  return LF_ICU(ucnv_getName)(converter, status);
}

// The name by a standard such as "MIME" or "IANA", or null.
static inline const char *icu_standard_name(const char *name, const char *standard, int *status) {
  return LF_ICU(ucnv_getStandardName)(name, standard, status);
}

static inline int32_t icu_to_utf16(
    void *converter, uint16_t *out, int32_t capacity, const char *bytes, int32_t count,
    int *status) {
  return LF_ICU(ucnv_toUChars)(converter, out, capacity, bytes, count, status);
}

static inline int32_t icu_from_utf16(
    void *converter, char *out, int32_t capacity, const uint16_t *text, int32_t count,
    int *status) {
  return LF_ICU(ucnv_fromUChars)(converter, out, capacity, text, count, status);
}
