"""The edition's key for public entries: Ed25519, made at first use, readable by its owner alone."""

import base64
import contextlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

NAME = "ranking-key"


def sign(text: str) -> str:
    """Return the signature of a text as base 64. Raises OSError when there can be no key."""
    return base64.b64encode(_key(_path()).sign(text.encode())).decode("ascii")


def is_signed(text: str, signature: str) -> bool:
    """Return whether the edition's key signed this text."""
    public: Ed25519PublicKey = _key(_path()).public_key()
    try:
        public.verify(base64.b64decode(signature, validate=True), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """Return the public key as PEM, which every tool reads. Raises OSError."""
    return (
        _key(_path())
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode("ascii")
    )


def _path() -> Path:
    return Path(settings.REDLEAF_DATA_DIR) / "secrets" / NAME


@lru_cache(maxsize=4)
def _key(path: Path) -> Ed25519PrivateKey:
    if not path.exists():
        _make(path)
    found = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise OSError(f"{path} is not an Ed25519 key")
    return found


def _make(path: Path) -> None:
    """Write a new key whole under another name first: nobody ever reads half of one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(
            Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
