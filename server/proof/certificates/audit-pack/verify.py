#!/usr/bin/python3
"""Checks the audit pack that this file lies in, with nothing but what is in the pack. Never uses the network.

Needs Debian's python3, python3-pyld and openssl.

    /usr/bin/python3 verify.py [--key KEY] [--ledger HASH]

KEY is the key fingerprint on the paper, HASH the ledger entry on the paper, both with or without
the spaces: a paper that was printed earlier was not in the hands of whoever made the pack.

Ends with 0 when everything holds; 1 when something does not; 2 when the one certificate of the pack is genuine
but withdrawn.
"""
import argparse
import base64
import glob
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib

from pyld import jsonld

HERE = os.path.dirname(os.path.abspath(__file__))
GENESIS = "0" * 64
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
# The meaning of every term hangs on these files: SHA-256 of each.
CONTEXTS = {
    CREDENTIALS: ("credentials-v2.json", "b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf"),
    BADGES: ("open-badges-3.0.3.json", "c5e555a91a5cf48e32ae0a05674c61ddd5c053b680b5643b2f57f9965e386d99"),
    EXTENSIONS: ("open-badges-extensions.json", "15f4c347c6fe4380d9b6b93795859e33747ef48d5c55b91a71c52fb51c7bcbd7"),
}
LIST_BYTES = 131072 // 8


class No(Exception):
    """Something does not hold."""


def read(path):
    with open(os.path.join(HERE, path), "rb") as file:
        return file.read()


def parse(data):
    """JSON in which every key stands once: of two equal keys one reader takes the first, another the last."""
    def once(pairs):
        if len({key for key, _ in pairs}) != len(pairs):
            raise No("a key is written twice in one object")
        return dict(pairs)
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=once)
    except ValueError as fault:
        raise No("not JSON in UTF-8") from fault


def lines(path):
    """Each line as it stands, and what it says."""
    for data in read(path).splitlines():
        yield data, parse(data)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def jcs(value):
    """RFC 8785 for what we write: texts, whole numbers, lists, objects with ASCII keys."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")


# --- Linked data -------------------------------------------------------------------------------------------

def load_contexts():
    contexts = {}
    for url, (name, sum_) in CONTEXTS.items():
        data = read("contexts/" + name)
        if sha256(data) != sum_:
            raise No("contexts/%s is not the file that was signed with" % name)
        contexts[url] = json.loads(data.decode("utf-8"))
    return contexts


def keys_in(value):
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from keys_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys_in(part)


def canonical(document):
    """RDF Dataset Canonicalization, as N-Quads. Contexts come from the pack; any other address is refused."""
    def loader(url, _options):
        if url not in LOADED:
            raise No("it names a context that is not in the pack: %s" % url)
        return {"contextUrl": None, "documentUrl": url, "document": LOADED[url], "contentType": "application/ld+json"}
    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": loader}
    return jsonld.normalize(document, options).encode("utf-8")


# --- Signatures --------------------------------------------------------------------------------------------

def base58(text):
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for letter in text:
        if letter not in alphabet:
            raise No("not base58: %s" % text)
        number = number * 58 + alphabet.index(letter)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def public_key(multibase):
    """The 32 bytes of an Ed25519 key that is written as z6Mk…"""
    raw = base58(multibase[1:])
    if not multibase.startswith("z") or raw[:2] != b"\xed\x01" or len(raw) != 34:
        raise No("not an Ed25519 key: %s" % multibase)
    return raw[2:]


def openssl_says_yes(multibase, data, signature):
    der = bytes.fromhex("302a300506032b6570032100") + public_key(multibase)
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.b64encode(der) + b"\n-----END PUBLIC KEY-----\n"
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for name, content in (("key", pem), ("data", data), ("signature", signature)):
            names[name] = os.path.join(folder, name)
            with open(names[name], "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", names["key"], "-rawin",
                   "-in", names["data"], "-sigfile", names["signature"]]
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def is_issuer(name, did):
    """Whether a name is the issuer's: its own, or that of an address that it has left, as did.json says."""
    return name == did["id"] or str(name).startswith("did:web:") and name in did.get("alsoKnownAs", [])


def check_proof(document, proof, issuer):
    """The key that made a proof. Raises No unless the proof is in our form and OpenSSL says that it holds."""
    suite = proof.get("cryptosuite")
    known = {"type", "created", "verificationMethod", "cryptosuite", "proofPurpose", "proofValue", "@context"}
    if set(proof) - known or proof.get("type") != "DataIntegrityProof" or proof.get("proofPurpose") != "assertionMethod":
        raise No("a proof is not in the form we write")
    did, _, key = str(proof.get("verificationMethod")).partition("#")
    if did != issuer:
        raise No("a proof was made by %s, not by the issuer" % did)
    if proof.get("@context", document.get("@context")) != document.get("@context"):
        raise No("a proof names other contexts than its document")
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if suite == "eddsa-rdfc-2022":
        parts = [canonical({"@context": document["@context"], **options}), canonical(document)]
    elif suite == "eddsa-jcs-2022":
        parts = [jcs(options), jcs(document)]
    else:
        raise No("unknown kind of proof: %s" % suite)
    data = b"".join(hashlib.sha256(part).digest() for part in parts)
    if not openssl_says_yes(key, data, base58(str(proof.get("proofValue"))[1:])):
        raise No("the %s signature does not hold" % suite)
    return key


def check_linked(document, contexts, issuer):
    """The key behind both proofs of a credential or a status list."""
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    proofs = document.get("proof")
    if document.get("@context") != contexts:
        raise No("the contexts are not exactly the ones we write")
    stray = [key for key in keys_in({**unsigned, "@context": None}) if key != "@context" and key not in TERMS]
    if stray:
        raise No("unknown term: %s" % stray[0])
    if not isinstance(proofs, list) or sorted(str(each.get("cryptosuite")) for each in proofs) != \
            ["eddsa-jcs-2022", "eddsa-rdfc-2022"]:
        raise No("there are not exactly the two proofs we write")
    keys = {check_proof(unsigned, proof, issuer) for proof in proofs}
    if len(keys) != 1:
        raise No("the two proofs are by different keys")
    return keys.pop()


def check_plain(document, did):
    """The key behind the one proof of a plain JSON document."""
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    if not is_issuer(document.get("issuer"), did) or document.get("proof", {}).get("cryptosuite") != "eddsa-jcs-2022":
        raise No("not signed by the issuer")
    return check_proof(unsigned, document["proof"], document["issuer"])


# --- Keys --------------------------------------------------------------------------------------------------

def check_key_log(did):
    """What the log tells of each key: {key: {action: when}}; and the hash of each entry by its number."""
    told, hashes, previous, signers = {}, {}, GENESIS, []
    for number, (data, entry) in enumerate(lines("key-log.jsonl"), 1):
        if entry.get("seq") != number or entry.get("previous") != previous:
            raise No("key-log.jsonl: entry %d does not follow the one before it" % number)
        signer = check_plain(entry, did)
        if "compromised" in told.get(signer, {}):
            raise No("key-log.jsonl: entry %d is signed with a key that somebody else may have" % number)
        signers.append(signer)
        told.setdefault(entry["key"], {})[entry["action"]] = entry["at"]
        hashes[number] = previous = sha256(data)
    unknown = [key for key in signers if key not in told]
    if unknown:
        raise No("key-log.jsonl: signed by a key that it does not know: %s" % unknown[0])
    for method in did["verificationMethod"]:
        if method["publicKeyMultibase"] not in told or method["id"] != did["id"] + "#" + method["publicKeyMultibase"]:
            raise No("did.json names a key that the log of keys does not know: %s" % method["id"])
    return told, hashes


def check_listed(key, did):
    """Raises No unless the DID document has the key; whether it was compromised is told by the log of keys."""
    if did["id"] + "#" + key not in [method["id"] for method in did["verificationMethod"]]:
        raise No("the key %s is not one of the issuer's in did.json" % key)
    if did["id"] + "#" + key not in did["assertionMethod"] and "compromised" not in TOLD[key]:
        raise No("the key %s does not vouch for anything in did.json" % key)


# --- Status lists ------------------------------------------------------------------------------------------

def bits_of(document):
    encoded = document["credentialSubject"]["encodedList"]
    packed = base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
    bits = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed, LIST_BYTES + 1)
    if encoded[:1] != "u" or len(bits) != LIST_BYTES:
        raise No("the list is not as long as it should be")
    return bits


def check_lists(did):
    """The versions in the pack, oldest first: {list: [{number, sha256, bits, at, key}]}. Bits only go up."""
    lists = {}
    names = [re.fullmatch(r"status/list-(\d+)-version-(\d+)\.json", name) for name in relative("status/*.json")]
    for match in sorted(filter(None, names), key=lambda each: (int(each[1]), int(each[2]))):
        try:
            data = read(match[0])
            document = parse(data)
            named = document["issuer"]
            key = check_linked(document, [CREDENTIALS], named if is_issuer(named, did) else did["id"])
            before = lists.get(int(match[1]), [None])[-1]
            if list_number(document["id"]) != int(match[1]):
                raise No("not the list that its name says")
            version = {"number": int(match[2]), "sha256": sha256(data), "bits": bits_of(document),
                       "at": document["validFrom"], "key": key}
            if key not in TOLD:
                raise No("signed by a key that the log of keys does not know")
            if before and (version["at"] < before["at"] or version["sha256"] == before["sha256"]):
                raise No("older than the version before it")
            if before and any(old & ~new for old, new in zip(before["bits"], version["bits"])):
                raise No("takes back a withdrawal that an earlier version tells of")
        except No as fault:
            raise No("%s: %s" % (match[0], fault)) from fault
        lists.setdefault(int(match[1]), []).append(version)
    return lists


def list_number(address):
    """The number in the address of a status list, whatever the installation is called now."""
    found = re.search(r"/status/revocation/(\d+)$", str(address))
    return int(found[1]) if found else None


def check_status(credential, lists):
    """Whether it was withdrawn, and the newest version that says so."""
    status = credential["credentialStatus"]
    versions = lists.get(list_number(status["statusListCredential"]))
    if not versions or status["type"] != "BitstringStatusListEntry" or status["statusPurpose"] != "revocation":
        raise No("the pack has no status list for it")
    newest, index = versions[-1], int(status["statusListIndex"])
    if "compromised" in TOLD[newest["key"]]:
        raise No("the newest status list was signed with a key that somebody else may have")
    if not 0 <= index < LIST_BYTES * 8:
        raise No("it names a place that no list has")
    return bool(newest["bits"][index >> 3] & (0x80 >> (index & 7))), newest


# --- Ledger ------------------------------------------------------------------------------------------------

def check_ledger():
    """Rows by certificate and by number. Each row's hash covers the row and the hash before it."""
    by_certificate, by_number, previous = {}, {}, None
    for _, line in lines("ledger/rows.jsonl"):
        row, number = line["row"], line["row"]["seq"]
        if sha256(line["previousHash"].encode() + jcs(row)) != line["hash"]:
            raise No("ledger row %d was altered: its hash is another" % number)
        if previous and (line["previousHash"] != previous["hash"] or number <= previous["row"]["seq"]):
            raise No("ledger row %d does not follow row %d" % (number, previous["row"]["seq"]))
        by_certificate[row["certificateId"]] = by_number[number] = previous = line
    return by_certificate, by_number


def check_heads(did, by_number, lists, key_hashes):
    """Signed heads, oldest first. What a head names must be in the pack as the head names it."""
    heads = []
    for name in sorted(relative("ledger/head-*.json"), key=lambda each: int(re.search(r"\d+", each)[0])):
        head = parse(read(name))
        key = check_plain(head, did)
        row, number = by_number.get(head["ledger"]["seq"]), head["ledger"]["seq"]
        if row and row["hash"] != head["ledger"]["hash"]:
            raise No("%s: ledger row %d is another" % (name, number))
        if "compromised" in TOLD.get(key, {"compromised": ""}):
            continue
        entry = head["keyLog"]
        if entry and key_hashes.get(entry["seq"]) != entry["sha256"]:
            raise No("%s: entry %d of the log of keys is another" % (name, entry["seq"]))
        for named in head["statusLists"]:
            for version in lists.get(named["list"], []):
                if version["number"] == named["number"] and version["sha256"] != named["sha256"]:
                    raise No("%s: version %d of list %d is another" % (name, named["number"], named["list"]))
        heads.append({"number": head["number"], "seq": number, "at": head["at"], "in": bool(row), "audit": head["audit"]})
    return heads


# --- Log of changes ----------------------------------------------------------------------------------------

def root_from(leaf, index, size, path):
    """The root of a Merkle tree of so many entries (RFC 9162, section 2.1), from one entry and the hashes beside its way."""
    if size <= 1:
        if path:
            raise No("changes/proof.json: its path is too long")
        return leaf
    if not path:
        raise No("changes/proof.json: its path is too short")
    left = 1 << ((size - 1).bit_length() - 1)
    if index < left:
        pair = root_from(leaf, index, left, path[:-1]), bytes.fromhex(path[-1])
    else:
        pair = bytes.fromhex(path[-1]), root_from(leaf, index - left, size - left, path[:-1])
    return hashlib.sha256(b"\1" + pair[0] + pair[1]).digest()


def check_changes(organisation, heads):
    """The log of changes is the organisation's, whole from its first event to the one that the signed head vouches for."""
    if not os.path.exists(os.path.join(HERE, "changes/proof.json")):
        return say("NOTE", "there is no log of changes in the pack: heads that vouch for one are signed daily")
    proof = parse(read("changes/proof.json"))
    previous, seq = sha256(organisation["id"].encode()), 0
    for _, line in lines("changes/events.jsonl"):
        seq += 1
        if line["event"]["seq"] != seq or sha256(previous.encode() + jcs(line["event"])) != line["hash"]:
            raise No("changes/events.jsonl: event %d was altered, or does not follow the one before it" % seq)
        previous = line["hash"]
    if (proof["chain"], proof["seq"], proof["hash"]) != (organisation["id"], seq, previous):
        raise No("changes/events.jsonl does not end where changes/proof.json says")
    leaf = hashlib.sha256(b"\0" + jcs({"chain": proof["chain"], "seq": seq, "hash": previous})).digest()
    root = root_from(leaf, proof["index"], proof["size"], proof["path"]).hex()
    vouching = [head for head in heads if head["number"] == proof["head"]]
    if not vouching or vouching[0]["audit"] != {"chains": proof["size"], "root": root}:
        raise No("no signed head in the pack vouches for the log of changes")
    say("YES", "the log of changes is whole: %d events, as the head signed on %s vouches for" % (seq, vouching[0]["at"]))


# --- Certificates ------------------------------------------------------------------------------------------

def check_certificate(data, did, lists, by_certificate):
    """What a certificate is: its facts, and whether it is withdrawn. Raises No unless all of it holds."""
    credential = parse(data)
    issuer = credential.get("issuer", {}).get("id")
    if not is_issuer(issuer, did):
        raise No("its issuer is not the one of did.json")
    key = check_linked(credential, [CREDENTIALS, BADGES, EXTENSIONS], issuer)
    check_listed(key, did)
    identity = credential["id"].replace("urn:uuid:", "", 1)
    line = by_certificate.get(identity)
    if not line:
        raise No("the ledger has no row for it")
    if line["row"]["sha256"] != sha256(data):
        raise No("its bytes are not those that ledger row %d tells of" % line["row"]["seq"])
    withdrawn, newest = check_status(credential, lists)
    return {"id": identity, "key": key, "line": line, "credential": credential, "list": newest,
            "withdrawn": withdrawn, "compromised": TOLD[key].get("compromised")}


def standing(found):
    """In words."""
    if found["compromised"]:
        return "withdrawn: its key was declared compromised on %s" % found["compromised"]
    if found["withdrawn"]:
        return "withdrawn, says version %d of its status list, signed %s" % (found["list"]["number"], found["list"]["at"])
    return "not withdrawn when version %d of its status list was signed, %s" % (
        found["list"]["number"], found["list"]["at"])


def tell(found, heads):
    credential, row = found["credential"], found["line"]["row"]
    subject = credential["credentialSubject"]
    say("YES", "both signatures hold, by the key %s" % found["key"])
    say("    ", "name      %s" % subject["identifier"][0]["identityHash"])
    say("    ", "course    %s, version %s" % (subject["achievement"]["name"], subject["achievement"]["version"]))
    say("    ", "issuer    %s, %s" % (credential["issuer"]["name"], credential["issuer"]["id"]))
    say("    ", "valid     from %s to %s" % (credential["validFrom"], credential.get("validUntil", "no end")))
    say("YES", "it is row %d of the ledger, with the hash %s" % (row["seq"], found["line"]["hash"]))
    covering = [head for head in heads if head["in"] and head["seq"] >= row["seq"]]
    if covering:
        say("YES", "the head of the ledger signed on %s stands on that row" % covering[0]["at"])
    else:
        say("NOTE", "no signed head of the ledger stands on that row yet: heads are signed daily")
    say("NO" if found["withdrawn"] or found["compromised"] else "YES", standing(found))


def relative(pattern):
    return sorted(os.path.relpath(path, HERE) for path in glob.glob(os.path.join(HERE, pattern)))


def say(answer, text):
    print("%-5s %s" % (answer, text), flush=True)


def check_canonical(found):
    """The canonical forms in the pack are those that the signatures were checked over."""
    unsigned = {name: value for name, value in found["credential"].items() if name != "proof"}
    forms = {"canonical/document.nq": canonical(unsigned), "canonical/document.jcs": jcs(unsigned)}
    for proof in found["credential"]["proof"]:
        options = {name: value for name, value in proof.items() if name != "proofValue"}
        if proof["cryptosuite"] == "eddsa-jcs-2022":
            forms["canonical/proof.jcs"] = jcs(options)
        else:
            forms["canonical/proof.nq"] = canonical({"@context": unsigned["@context"], **options})
    for name, data in forms.items():
        if read(name) != data:
            raise No("%s is not the canonical form of the certificate" % name)


def check_outside(asked, known_keys, by_number):
    """What the paper says, against the pack."""
    if asked.key and asked.key not in known_keys:
        raise No("the key on the paper, %s, signed no certificate here" % asked.key)
    if asked.ledger:
        if asked.ledger.lower() not in [line["hash"] for line in by_number.values()]:
            raise No("the ledger entry on the paper, %s, is not in this ledger" % asked.ledger)


def check_one(did, shared, asked):
    lists, heads, by_certificate, by_number = shared
    found = check_certificate(read("credential.json"), did, lists, by_certificate)
    check_canonical(found)
    check_outside(asked, {found["key"]}, by_number)
    tell(found, heads)
    if not asked.key:
        say("NOTE", "compare the key with the one on the paper, or from another source: see VERIFY.md")
    return 2 if found["withdrawn"] or found["compromised"] else 0


def erased_rows():
    """The certificates whose details were erased when their holders asked for it, by their ids."""
    lines = [parse(line) for path in relative("erasures.jsonl") for line in read(path).splitlines() if line]
    return {line["certificateId"]: line for line in lines}


def proven_by_hash(row, erased):
    line = erased.get(row["certificateId"])
    return line is not None and line["sha256"] == row["sha256"] and line["awardSha256"] == row["awardSha256"]


def certificates():
    """The very bytes of each certificate, and where they stand."""
    for path in relative("certificates/part-*.jsonl"):
        for number, data in enumerate(read(path).splitlines(), 1):
            yield "%s, line %d" % (path, number), data


def check_organisation(did, shared, asked):
    lists, heads, by_certificate, by_number = shared
    organisation = parse(read("organisation.json"))
    counts = {"hold": 0, "withdrawn": 0, "do not hold": 0}
    seen, keys = set(), set()
    for place, data in certificates():
        try:
            found = check_certificate(data, did, lists, by_certificate)
            if found["line"]["row"]["organisationId"] != organisation["id"]:
                raise No("the ledger says that it is another organisation's")
            seen.add(found["id"])
            keys.add(found["key"])
            gone = found["withdrawn"] or found["compromised"]
            counts["withdrawn" if gone else "hold"] += 1
            say("GONE" if gone else "YES", "%s: genuine; %s" % (found["id"], standing(found)))
        except (No, KeyError, TypeError, ValueError) as fault:
            counts["do not hold"] += 1
            say("NO", "%s: %s" % (place, fault))
    mine = [line["row"] for line in by_number.values() if line["row"]["organisationId"] == organisation["id"]]
    absent = [row for row in mine if row["certificateId"] not in seen]
    erased = erased_rows()
    for row in absent:
        if proven_by_hash(row, erased):
            say("NOTE", "certificate %s of ledger row %d was erased: its hash alone proves that it was issued" % (row["certificateId"], row["seq"]))
    missing = [row for row in absent if not proven_by_hash(row, erased)]
    for row in missing:
        say("NO", "certificate %s of ledger row %d is not in the pack, or does not hold" % (row["certificateId"], row["seq"]))
    first = next(iter(by_number.values()), None)
    if first and first["previousHash"] != GENESIS:
        raise No("the ledger does not begin at its beginning")
    check_outside(asked, keys, by_number)
    check_changes(organisation, heads)
    ends = [head for head in heads if head["in"]]
    if ends:
        say("YES", "the ledger is whole from its beginning to the head signed on %s, row %d" % (ends[-1]["at"], ends[-1]["seq"]))
    elif by_number:
        say("NOTE", "the ledger is whole from its beginning; no head of it was signed yet: heads are signed daily")
    say("    ", "%d hold, %d are genuine and withdrawn, %d do not hold" % tuple(counts.values()))
    return 1 if missing or counts["do not hold"] else 0


def main():
    global LOADED, TERMS, TOLD
    parser = argparse.ArgumentParser(description="Checks the audit pack that this file lies in.")
    parser.add_argument("--key", help="the key fingerprint on the paper")
    parser.add_argument("--ledger", help="the ledger entry on the paper")
    asked = parser.parse_args()
    asked.key, asked.ledger = [text and "".join(text.split()) for text in (asked.key, asked.ledger)]
    try:
        LOADED = load_contexts()
        TERMS = {key for key in keys_in(list(LOADED.values())) if not key.startswith("@") and ":" not in key}
        did = parse(read("did.json"))
        newest = parse(read("did-newest.json")) if os.path.exists(os.path.join(HERE, "did-newest.json")) else did
        if newest["id"] != did["id"]:
            raise No("did.json and did-newest.json are of different issuers")
        TOLD, key_hashes = check_key_log(newest)
        if any(method not in newest["verificationMethod"] for method in did["verificationMethod"]):
            raise No("did.json has a key that did-newest.json has not")
        say("YES", "the log of keys is whole and signed: %d keys" % len(TOLD))
        lists = check_lists(newest)
        by_certificate, by_number = check_ledger()
        heads = check_heads(newest, by_number, lists, key_hashes)
        shared = (lists, heads, by_certificate, by_number)
        one = os.path.exists(os.path.join(HERE, "credential.json"))
        return (check_one if one else check_organisation)(did, shared, asked)
    except No as fault:
        say("NO", str(fault))
    except (OSError, KeyError, TypeError, ValueError, AttributeError, zlib.error, jsonld.JsonLdError) as fault:
        say("NO", "the pack is not whole, or a file in it is not as we write it (%s: %s)" % (type(fault).__name__, fault))
    return 1


if __name__ == "__main__":
    sys.exit(main())
