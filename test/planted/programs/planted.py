# The protocol is that of planted.c.
import struct
import sys
import time

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

kept = []
source = open(0, "rb", buffering=0)


def read(length):
    held = bytearray(length)
    at = 0
    while at < length:
        at += source.readinto(memoryview(held)[at:])
    return held


while True:
    head = read(5)
    if head[:1] == b".":
        break
    held = read(struct.unpack(">I", head[1:])[0])
    if head[:1] == b"A":
        mode = modes.GCM(bytes(12)) if len(held) == 32 else modes.CBC(bytes(16))
        cipher = Cipher(algorithms.AES(held), mode).encryptor()
        cipher.update(b"hello")
        kept.append(cipher)
    else:
        key = serialization.load_der_private_key(held, None)
        if isinstance(key, rsa.RSAPrivateKey):
            key.sign(b"hello", padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePrivateKey):
            key.sign(b"hello", ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, ed25519.Ed25519PrivateKey):
            key.sign(b"hello")
        kept.append(key)
    held[:] = bytes(len(held))

print("ready", flush=True)
time.sleep(600)
