package io.gatehouse.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files named {@code failing:...} lie on a disk that can fill up, or forget, when a test says so. */
public final class FailingDisk extends FilePathWrapper {
    static volatile boolean full;
    static volatile boolean forgetful;

    static {
        FilePath.register(new FailingDisk());
    }

    static String name(java.nio.file.Path file) {
        full = false;
        forgetful = false;
        return "failing:" + file;
    }

    @Override
    public String getScheme() {
        return "failing";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    private static final class Channel extends FileBaseDefault {
        private final FileChannel disk;

        Channel(FileChannel disk) {
            this.disk = disk;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            return disk.write(source, position);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            if (forgetful) {
                throw new IOException("Input/output error");
            }
            disk.force(metaData);
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return disk.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return disk.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            disk.truncate(size);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return disk.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            disk.close();
        }
    }
}
