// The protocol is that of planted.c.
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Planted {
  static final List<Object> kept = new ArrayList<>();

  public static void main(String[] arguments) throws Exception {
    // Not System.in: its buffer would keep the frames.
    DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
    for (;;) {
      int kind = in.readUnsignedByte();
      int length = in.readInt();
      if (kind == '.') break;
      byte[] held = new byte[length];
      in.readFully(held);
      if (kind == 'A') {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(held, "AES"), new IvParameterSpec(new byte[16]));
        cipher.update("hello, and a block".getBytes());
        kept.add(cipher);
      } else {
        String name = kind == 'R' ? "RSA" : kind == 'E' ? "EC" : "Ed25519";
        PrivateKey key = KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(held));
        Signature signature = Signature.getInstance(kind == 'R' ? "SHA256withRSA" : kind == 'E' ? "SHA256withECDSA" : "Ed25519");
        signature.initSign(key);
        signature.update("hello".getBytes());
        signature.sign();
        kept.add(key);
      }
      Arrays.fill(held, (byte) 0);
    }
    System.out.println("ready");
    Thread.sleep(600_000);
  }
}
