import { type AskedRange, type DeviceKey, askHash, deviceThumbprint, makeProof, newDeviceKey } from '@crashkeep/access';

/** What a test may get wrong about a proof, on purpose. */
export interface ProofSlip {
  readonly htm?: 'GET' | 'POST';
  readonly htu?: string;
  readonly nonce?: string;
  readonly asked?: readonly AskedRange[];
}

/** A device: a key, and proofs by it. */
export class SoftwareDevice {
  private constructor(
    readonly key: DeviceKey,
    readonly thumbprint: string,
  ) {}

  static async make(): Promise<SoftwareDevice> {
    const key = await newDeviceKey(true);
    return new SoftwareDevice(key, await deviceThumbprint(key.jwk));
  }

  /** Of a read of a grant's bytes at this origin. */
  async proofOfRead(
    origin: string,
    grant: string,
    read: { readonly via?: 'GET' | 'POST'; readonly asked: readonly AskedRange[]; readonly nonce: string },
    slip: ProofSlip = {},
  ): Promise<string> {
    return makeProof(this.key, {
      htm: slip.htm ?? read.via ?? 'GET',
      htu: slip.htu ?? `${origin}/api/v1/grants/${grant}/bytes`,
      nonce: slip.nonce ?? read.nonce,
      ask: await askHash(slip.asked ?? read.asked),
    });
  }

  /** Of any other request. */
  proof(htm: 'GET' | 'POST' | 'PUT' | 'DELETE', htu: string, nonce: string): Promise<string> {
    return makeProof(this.key, { htm, htu, nonce });
  }
}
