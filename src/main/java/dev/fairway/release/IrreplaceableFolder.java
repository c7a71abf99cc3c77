package dev.fairway.release;

import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A folder that may be written into, but not renamed, such as a mount point. */
public final class IrreplaceableFolder extends FileSystemException {
  private static final long serialVersionUID = 1;

  IrreplaceableFolder(Path folder, String reason) {
    super(folder.toString(), null, reason);
  }
}
