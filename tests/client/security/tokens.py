"""Our tokens in somebody else's hands: PyJWT verifies them by the JWKS, and the server refuses those that it must.

Usage: tokens.py URL ISSUER KEYS-FOLDER
"""

import base64
import hashlib
import hmac
import json
import pathlib
import sys
import time
import urllib.error
import urllib.request

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

URL, ISSUER, KEYS = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])


def call(method, path, body=None, token=None):
    """Status and JSON of the answer."""
    headers = {"Content-Type": "application/json"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


account = {"email": "tokens@example.org", "name": "Tokens", "password": "weaver lamp orbit"}
assert call("POST", "/v1/people", account)[0] == 201
credentials = {"email": account["email"], "password": account["password"]}
status, granted = call("POST", "/v1/auth/login", credentials)
assert status == 200, granted
good = granted["access_token"]
assert call("GET", "/v1/me", token=good)[0] == 200

# A stranger verifies it with nothing but the public keys.
jwks_client = jwt.PyJWKClient(URL + "/.well-known/jwks.json")
key = jwks_client.get_signing_key_from_jwt(good)
required = ["iss", "aud", "sub", "iat", "exp", "jti"]
claims = jwt.decode(
    good, key.key, algorithms=["EdDSA"], audience="peerled", issuer=ISSUER, options={"require": required}
)
assert claims["exp"] - claims["iat"] <= 15 * 60, claims
header = jwt.get_unverified_header(good)
assert (header["typ"], header["alg"]) == ("at+jwt", "EdDSA"), header
_, jwks = call("GET", "/.well-known/jwks.json")
assert all("d" not in one for one in jwks["keys"]), "the key set holds a private part"

private = serialization.load_pem_private_key(sorted(KEYS.glob("*.pem"))[-1].read_bytes(), None)
public_pem = private.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
public_raw = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
other = ed25519.Ed25519PrivateKey.generate()
other_jwk = json.loads(jwt.algorithms.OKPAlgorithm.to_jwk(other.public_key()))
now = int(time.time())


def signed(claims=claims, key=private, algorithm="EdDSA", **headers):
    return jwt.encode(claims, key, algorithm=algorithm, headers={**header, **headers})


def without(name):
    return {field: value for field, value in claims.items() if field != name}


def hmac_signed(secret):
    """PyJWT itself refuses to sign with a public key, so this is done by hand."""
    head = {**header, "alg": "HS256"}
    text = f"{b64(json.dumps(head).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{text}.{b64(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


def by_hand(claims):
    """With claims that PyJWT would not sign."""
    text = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims).encode())}"
    return f"{text}.{b64(private.sign(text.encode()))}"


# What is forged is otherwise as it should be: the same token, made with the server's own key, is taken.
assert call("GET", "/v1/me", token=signed())[0] == 200
head, body, signature = good.split(".")
forged = {
    "no algorithm": f"{b64(json.dumps({**header, 'alg': 'none'}).encode())}.{body}.",
    "no algorithm, with a signature": f"{b64(json.dumps({**header, 'alg': 'none'}).encode())}.{body}.{signature}",
    "HS256 with the public key as PEM": hmac_signed(public_pem),
    "HS256 with the public key": hmac_signed(public_raw),
    "HS256 with nothing": hmac_signed(b""),
    "another key under our name": signed(key=other),
    "a name of a key that is not ours": signed(kid="0123456789abcdef"),
    "a path as the name of the key": signed(kid="../../../dev/null"),
    "its own key in the header": signed(key=other, jwk=other_jwk),
    "a key set elsewhere": signed(key=other, jku="http://127.0.0.1:1/jwks.json"),
    "a certificate elsewhere": signed(x5u="http://127.0.0.1:1/cert.pem"),
    "an extension that must be understood": signed(crit=["exp"]),
    "an ID token": signed(typ="JWT"),
    "no type": jwt.encode(claims, private, algorithm="EdDSA", headers={"kid": header["kid"], "typ": None}),
    "another issuer": signed({**claims, "iss": "https://evil.example"}),
    "another audience": signed({**claims, "aud": "somebody-else"}),
    "another person": signed({**claims, "sub": claims["jti"]}),
    "another session": signed({**claims, "sid": claims["jti"]}),
    "expired": signed({**claims, "iat": now - 3600, "exp": now - 2700}),
    "expired by more than clocks differ": signed({**claims, "iat": now - 600, "exp": now - 10}),
    "not yet good": signed({**claims, "nbf": now + 600}),
    "good for a year": signed({**claims, "exp": now + 365 * 86400}),
    "an end that is no number": by_hand({**claims, "exp": "never"}),
    "no issuer": signed(without("iss")),
    "no audience": signed(without("aud")),
    "nobody": signed(without("sub")),
    "no session": signed(without("sid")),
    "no end": signed(without("exp")),
    "another body": f"{head}.{b64(json.dumps({**claims, 'sub': claims['sid']}).encode())}.{signature}",
    "half a signature": good[:-20],
    "more than a token": good + ".x",
    "nothing": "x",
}
taken = [name for name, token in forged.items() if call("GET", "/v1/me", token=token)[0] != 401]
assert not taken, f"taken, but forged: {taken}"

# The end of its session ends it.
assert call("POST", "/v1/auth/logout", token=good)[0] == 204
assert call("GET", "/v1/me", token=good)[0] == 401
print(f"tokens: PyJWT verifies ours; {len(forged)} forged ones are refused")
