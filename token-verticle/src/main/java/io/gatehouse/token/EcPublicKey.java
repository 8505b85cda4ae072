package io.gatehouse.token;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import javax.crypto.KeyAgreement;

/**
 * Finds the public key of a private one on P-256, P-384 or P-521, which PKCS#8 need not hold and Java does not compute:
 * an agreement with the curve's own generator gives its x, the curve's equation two values for its y, and a signature
 * tells which of them it is.
 */
final class EcPublicKey {
    private EcPublicKey() {}

    /** @throws GeneralSecurityException where the private key is none on its curve */
    static ECPublicKey of(ECPrivateKey key) throws GeneralSecurityException {
        ECParameterSpec parameters = key.getParams();
        BigInteger x = x(key);
        BigInteger y = y(parameters.getCurve(), x);
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        for (BigInteger candidate : new BigInteger[] {y, p.subtract(y)}) {
            ECPublicKey publicKey = key(new ECPoint(x, candidate), parameters);
            if (belong(key, publicKey)) {
                return publicKey;
            }
        }
        throw new InvalidKeyException("the private key has no public one");
    }

    private static BigInteger x(ECPrivateKey key) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(key);
        agreement.doPhase(key(key.getParams().getGenerator(), key.getParams()), true);
        return new BigInteger(1, agreement.generateSecret());
    }

    // y^2 = x^3 + ax + b; p = 3 (mod 4) on these curves, so that a root is one power.
    private static BigInteger y(EllipticCurve curve, BigInteger x) {
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger square =
                x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(p);
        return square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    }

    private static ECPublicKey key(ECPoint point, ECParameterSpec parameters) throws GeneralSecurityException {
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters));
    }

    private static boolean belong(ECPrivateKey privateKey, ECPublicKey publicKey) throws GeneralSecurityException {
        byte[] probe = {1, 2, 3};
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey);
        signature.update(probe);
        byte[] value = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        return signature.verify(value);
    }
}
