// Keys come in on standard input, as frames of a letter, a length (4 bytes, most significant first) and the key. They are loaded and used
// once; what they came in is wiped. Then the process waits to be dumped.
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void use_pair(const unsigned char *der, size_t length) {
  const unsigned char *at = der;
  EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &at, (long)length);
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  unsigned char signature[1024];
  size_t size = sizeof signature;
  int plain = EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519;
  EVP_DigestSignInit(context, NULL, plain ? NULL : EVP_sha256(), NULL, key);
  if (EVP_DigestSign(context, signature, &size, (const unsigned char *)"hello", 5) != 1) exit(3);
  EVP_MD_CTX_free(context);
}

static void use_cipher(const unsigned char *bytes, size_t length) {
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  unsigned char out[64];
  int size = 0;
  EVP_EncryptInit_ex(context, length == 32 ? EVP_aes_256_gcm() : EVP_aes_128_cbc(), NULL, bytes, (const unsigned char *)"0123456789abcdef");
  EVP_EncryptUpdate(context, out, &size, (const unsigned char *)"hello", 5);
}

/* No stream: its buffer would keep the frames. */
static void fill(unsigned char *bytes, size_t length) {
  for (size_t at = 0; at < length;) {
    ssize_t got = read(0, bytes + at, length - at);
    if (got <= 0) exit(2);
    at += (size_t)got;
  }
}

int main(void) {
  unsigned char head[5];
  for (;;) {
    fill(head, 5);
    if (head[0] == '.') break;
    size_t length = (size_t)head[1] << 24 | (size_t)head[2] << 16 | (size_t)head[3] << 8 | head[4];
    unsigned char *bytes = malloc(length);
    fill(bytes, length);
    if (head[0] == 'A') use_cipher(bytes, length);
    else use_pair(bytes, length);
    OPENSSL_cleanse(bytes, length);
    free(bytes);
  }
  puts("ready");
  fflush(stdout);
  sleep(600);
  return 0;
}
