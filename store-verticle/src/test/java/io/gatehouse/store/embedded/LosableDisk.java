package io.gatehouse.store.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files named {@code losable:...} keep what was forced. What was written since may be lost when the power fails: any
 * sectors, in any order.
 */
public final class LosableDisk extends FilePathWrapper {
    private static final int SECTOR = 4096;

    static volatile Image image = new Image(() -> {});

    static {
        FilePath.register(new LosableDisk());
    }

    /** @param beforeForce a good moment for the power to fail */
    static String name(Path file, Runnable beforeForce) {
        image = new Image(beforeForce);
        return "losable:" + file;
    }

    @Override
    public String getScheme() {
        return "losable";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Channel(super.open(mode));
    }

    /** What the file shows, what surely is on disk, and the writes in between. */
    static final class Image {
        private final Runnable beforeForce;
        private byte[] shown = new byte[0];
        private byte[] forced = new byte[0];
        private final List<Write> pending = new ArrayList<>();

        Image(Runnable beforeForce) {
            this.beforeForce = beforeForce;
        }

        /** @param bytes null: the file was cut to this length */
        private record Write(int position, byte[] bytes) {}

        private void write(Write write) {
            shown = applied(shown, write);
            pending.add(write);
        }

        private void force() {
            if (!pending.isEmpty()) {
                beforeForce.run();
                forced = shown.clone();
                pending.clear();
            }
        }

        /** Writes to {@code file} what is found if the power fails now and the disk kept the header only. */
        void failPowerAfterHeader(Path file) {
            byte[] left = forced.clone();
            for (Write write : pending) {
                left = write.position() == 0 ? applied(left, write) : left;
            }
            leave(left, file);
        }

        /** Writes to {@code file} what may be found if the power fails now. */
        void failPower(Path file, Random random) {
            byte[] left = forced.clone();
            List<Write> order = new ArrayList<>(pending);
            Collections.shuffle(order, random);
            for (Write write : order) {
                switch (random.nextInt(3)) {
                    case 0 -> left = applied(left, write);
                    case 1 -> left = write.bytes() == null ? left : someSectors(left, write, random);
                    default -> {}
                }
            }
            leave(left, file);
        }

        private static void leave(byte[] content, Path file) {
            try {
                Files.write(file, content);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static byte[] someSectors(byte[] content, Write write, Random random) {
            byte[] left = content;
            for (int from = 0; from < write.bytes().length; from += SECTOR) {
                if (random.nextBoolean()) {
                    int to = Math.min(from + SECTOR, write.bytes().length);
                    left = applied(
                            left, new Write(write.position() + from, Arrays.copyOfRange(write.bytes(), from, to)));
                }
            }
            return left;
        }

        private static byte[] applied(byte[] content, Write write) {
            if (write.bytes() == null) {
                return Arrays.copyOf(content, write.position());
            }
            int end = write.position() + write.bytes().length;
            byte[] next = content.length < end ? Arrays.copyOf(content, end) : content;
            System.arraycopy(write.bytes(), 0, next, write.position(), write.bytes().length);
            return next;
        }
    }

    private static final class Channel extends FileBaseDefault {
        private final FileChannel disk;

        Channel(FileChannel disk) {
            this.disk = disk;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            image.write(new Image.Write((int) position, bytes));
            return bytes.length;
        }

        @Override
        public void force(boolean metaData) {
            image.force();
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) {
            if (position >= image.shown.length) {
                return -1;
            }
            int count = Math.min(target.remaining(), image.shown.length - (int) position);
            target.put(image.shown, (int) position, count);
            return count;
        }

        @Override
        public long size() {
            return image.shown.length;
        }

        @Override
        protected void implTruncate(long size) {
            image.write(new Image.Write((int) size, null));
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
