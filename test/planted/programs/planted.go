// The protocol is that of planted.c.
package main

import (
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"
)

var kept []any

func main() {
	head := make([]byte, 5)
	for {
		if _, err := io.ReadFull(os.Stdin, head); err != nil || head[0] == '.' {
			break
		}
		held := make([]byte, binary.BigEndian.Uint32(head[1:]))
		if _, err := io.ReadFull(os.Stdin, held); err != nil {
			panic(err)
		}
		if head[0] == 'A' {
			block, err := aes.NewCipher(held)
			if err != nil {
				panic(err)
			}
			mode, err := cipher.NewGCM(block)
			if err != nil {
				panic(err)
			}
			mode.Seal(nil, make([]byte, 12), []byte("hello"), nil)
			kept = append(kept, block, mode)
		} else {
			key, err := x509.ParsePKCS8PrivateKey(held)
			if err != nil {
				panic(err)
			}
			digest := sha256.Sum256([]byte("hello"))
			signer := key.(crypto.Signer)
			if _, err := signer.Sign(rand.Reader, digest[:], crypto.SHA256); err != nil {
				_, err = signer.Sign(rand.Reader, []byte("hello"), crypto.Hash(0))
				if err != nil {
					panic(err)
				}
			}
			kept = append(kept, key)
		}
		clear(held)
	}
	runtime.GC()
	fmt.Println("ready")
	time.Sleep(10 * time.Minute)
	runtime.KeepAlive(kept)
}
