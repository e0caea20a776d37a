// The protocol is that of planted.c.
use ring::{aead, rand, rsa, signature};
use std::io::Read;
use std::os::fd::FromRawFd;

enum Kept {
    Rsa(rsa::KeyPair),
    Ec(signature::EcdsaKeyPair),
    Ed(signature::Ed25519KeyPair),
    Aes(aead::LessSafeKey),
}

fn load(kind: u8, held: &[u8]) -> Kept {
    let random = rand::SystemRandom::new();
    match kind {
        b'R' => {
            let key = rsa::KeyPair::from_pkcs8(held).expect("RSA");
            let mut out = vec![0; key.public().modulus_len()];
            key.sign(&signature::RSA_PKCS1_SHA256, &random, b"hello", &mut out).expect("sign");
            Kept::Rsa(key)
        }
        b'E' => {
            let key = signature::EcdsaKeyPair::from_pkcs8(&signature::ECDSA_P256_SHA256_ASN1_SIGNING, held, &random).expect("EC");
            key.sign(&random, b"hello").expect("sign");
            Kept::Ec(key)
        }
        b'A' => {
            let algorithm = if held.len() == 32 { &aead::AES_256_GCM } else { &aead::AES_128_GCM };
            Kept::Aes(aead::LessSafeKey::new(aead::UnboundKey::new(algorithm, held).expect("AES")))
        }
        _ => {
            let key = signature::Ed25519KeyPair::from_pkcs8_maybe_unchecked(held).expect("Ed25519");
            key.sign(b"hello");
            Kept::Ed(key)
        }
    }
}

fn main() {
    // Not the standard stream: its buffer would keep the frames.
    let mut input = unsafe { std::fs::File::from_raw_fd(0) };
    let mut kept = Vec::new();
    loop {
        let mut head = [0u8; 5];
        input.read_exact(&mut head).expect("head");
        if head[0] == b'.' {
            break;
        }
        let mut held = vec![0u8; u32::from_be_bytes([head[1], head[2], head[3], head[4]]) as usize];
        input.read_exact(&mut held).expect("key");
        kept.push(Box::new(load(head[0], &held)));
        held.fill(0);
        std::hint::black_box(&held);
    }
    println!("ready");
    std::thread::sleep(std::time::Duration::from_secs(600));
    for key in &kept {
        match &**key {
            Kept::Rsa(key) => drop(std::hint::black_box(key.public())),
            Kept::Ec(key) => drop(std::hint::black_box(key)),
            Kept::Ed(key) => drop(std::hint::black_box(key)),
            Kept::Aes(key) => drop(std::hint::black_box(key)),
        }
    }
}
