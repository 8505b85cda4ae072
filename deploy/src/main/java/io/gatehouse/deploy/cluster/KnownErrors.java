package io.gatehouse.deploy.cluster;

import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Set;
import org.infinispan.commons.CacheException;
import org.infinispan.commons.marshall.AdvancedExternalizer;
import org.infinispan.commons.marshall.MarshallUtil;
import org.infinispan.marshall.exts.ThrowableExternalizer;

/**
 * Errors of other members. Those that Infinispan knows by a number are what they were; of any other it would make an object of the
 * class that the other one names, with a text of its choice: {@code FileOutputStream} empties the file of that name.
 */
@SuppressWarnings("removal")
final class KnownErrors implements AdvancedExternalizer<Throwable> {
    private static final short NAMED = -1;

    @Override
    public Set<Class<? extends Throwable>> getTypeClasses() {
        return ThrowableExternalizer.INSTANCE.getTypeClasses();
    }

    @Override
    public Integer getId() {
        return ThrowableExternalizer.INSTANCE.getId();
    }

    @Override
    public void writeObject(ObjectOutput out, Throwable error) throws IOException {
        ThrowableExternalizer.INSTANCE.writeObject(out, error);
    }

    @Override
    public Throwable readObject(ObjectInput in) throws IOException, ClassNotFoundException {
        if (in.readShort() != NAMED) {
            // Infinispan's streams go back, too.
            in.skipBytes(-Short.BYTES);
            return ThrowableExternalizer.INSTANCE.readObject(in);
        }
        String name = in.readUTF();
        String message = MarshallUtil.unmarshallString(in);
        Throwable cause = (Throwable) in.readObject();
        Throwable[] others = MarshallUtil.unmarshallArray(in, Throwable[]::new);
        CacheException error = new CacheException(name + ": " + message, cause);
        for (Throwable other : others == null ? new Throwable[0] : others) {
            error.addSuppressed(other);
        }
        return error;
    }
}
