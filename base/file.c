#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static yutu_status io_error(yutu_error *err, const char *path, const char *doing) {
  return yutu_fail_at(err, YUTU_ERR_IO, path, 0, "cannot be %s: %s", doing, strerror(errno));
}

yutu_status yutu_file_read(const char *path, size_t limit, yutu_buffer *ret, yutu_error *err) {
  const bool standard_input = strcmp(path, "-") == 0;
  const int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return io_error(err, path, "opened");
  yutu_status st = YUTU_OK;
  struct stat info;
  if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    st = yutu_fail_at(err, YUTU_ERR_IO, path, 0, "is a folder, a file is needed");
    goto done;
  }
  const size_t before = ret->len;
  char chunk[65536];
  for (;;) {
    const ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0) {
      st = io_error(err, path, "read");
      goto done;
    }
    if (got == 0)
      break;
    if (ret->len - before + (size_t)got > limit) {
      st = yutu_fail_at(err, YUTU_ERR_LIMIT, path, 0, "is larger than %zu bytes; split it", limit);
      goto done;
    }
    yutu_buffer_append(ret, chunk, (size_t)got);
  }
  yutu_buffer_append(ret, "", 0); // so that even an empty file is a string
  st = yutu_buffer_check(ret, err);
done:
  if (!standard_input)
    close(fd);
  return st;
}

static yutu_status sync_folder(const char *path, yutu_error *err) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path + (slash == path)) : 1, slash ? path : ".");
  const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return io_error(err, folder, "opened");
  const int failed = fsync(fd);
  close(fd);
  return failed ? io_error(err, folder, "synced") : YUTU_OK;
}

yutu_status yutu_file_write(const char *path, const void *data, size_t n, yutu_error *err) {
  char temporary[PATH_MAX];
  if (snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= (int)sizeof temporary)
    return yutu_fail_at(err, YUTU_ERR_IO, path, 0, "path is too long");
  const int fd = mkostemp(temporary, O_CLOEXEC);
  if (fd < 0)
    return io_error(err, path, "written");
  yutu_status st = YUTU_OK;
  const char *p = data;
  for (size_t left = n; left;) {
    const ssize_t wrote = write(fd, p, left);
    if (wrote < 0 && errno == EINTR)
      continue;
    if (wrote < 0) {
      st = io_error(err, path, "written");
      break;
    }
    p += wrote;
    left -= (size_t)wrote;
  }
  const mode_t mask = umask(0);
  umask(mask);
  if (st == YUTU_OK && (fchmod(fd, 0666 & ~mask) != 0 || fsync(fd) != 0))
    st = io_error(err, path, "written");
  if (close(fd) != 0 && st == YUTU_OK)
    st = io_error(err, path, "written");
  if (st == YUTU_OK && rename(temporary, path) != 0)
    st = io_error(err, path, "replaced");
  if (st != YUTU_OK) {
    unlink(temporary);
    return st;
  }
  return sync_folder(path, err);
}
