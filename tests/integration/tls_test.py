"""TLS by a pinned key, and a directory that changes while the gateway runs."""

import base64
import hashlib
import pathlib
import shutil
import signal
import subprocess
import time
import unittest

import kit


def make_certificate(folder: pathlib.Path) -> str:
    """A self-signed certificate; the pin of its key, as curl writes pins."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                    "2", "-subj", "/CN=gateway", "-keyout", folder / "tls.key", "-out", folder / "tls.pem"],
                   check=True, capture_output=True)
    return pin_of(folder / "tls.pem")


def pin_of(certificate: pathlib.Path) -> str:
    public = subprocess.run(["openssl", "x509", "-in", certificate, "-pubkey", "-noout"], check=True,
                            capture_output=True).stdout
    der = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "der"], input=public, check=True,
                         capture_output=True).stdout
    return "sha256//" + base64.b64encode(hashlib.sha256(der).digest()).decode()


@unittest.skipUnless(shutil.which("openssl"), "no openssl to make a certificate with")
class Tls(unittest.TestCase):
    def test_the_pinned_key_is_trusted_and_no_other(self) -> None:
        org = kit.Organisation()
        self.addCleanup(org.close)
        pin = make_certificate(org.demo.dir)
        settings = (org.demo.dir / "gateway.toml").read_text()
        settings = settings.replace(f'reporter = "127.0.0.1:{org.port}"', f'reporter = "tls:127.0.0.1:{org.port}"')
        org.demo.write("gateway.toml", settings + '\n[tls]\ncertificate = "tls.pem"\nkey = "tls.key"\n')
        org.start()

        def organisation(tls_pin: str) -> dict:
            path = org.folder / "tls.toml"
            pinned = f'tls_pin = "{tls_pin}"\n' if tls_pin else ""
            path.write_text(f'url = "https://127.0.0.1:{org.port}"\nservice_id = "{org.demo.service_id()}"\n{pinned}')
            return {"OMZIEN_ORG": str(path)}

        filed = org.report("Over TLS.", "--to", "mieke", **organisation(pin))
        self.assertEqual(filed.code, kit.DONE, filed.err)
        case = org.run("case", "show", phrase=filed.json["phrase"], **organisation(pin))
        self.assertEqual(case.code, kit.DONE, case.err)
        other = "sha256//" + base64.b64encode(bytes(32)).decode()
        self.assertEqual(org.run("case", "show", phrase=filed.json["phrase"], **organisation(other)).code, kit.VERIFICATION)
        unpinned = org.run("case", "show", phrase=filed.json["phrase"], **organisation(""))
        self.assertEqual(unpinned.code, kit.UNREACHABLE, "no authority knows this certificate")


class Directory(kit.WithGateway):
    def test_who_leaves_is_gone_without_a_restart(self) -> None:
        filed = self.filed("Voor mieke.", "--to", "youssef")
        demo = self.org.demo
        demo.omzien("admin", "remove", "youssef", "--dir", str(demo.dir))
        demo.omzien("admin", "publish", "--dir", str(demo.dir), passphrase=kit.demo.ROOT_PASSPHRASE)
        self.org.gateway.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + 20
        while (gone := self.org.run("desk", "show", filed["handle"], person="youssef")).code == kit.DONE:
            self.assertLess(time.monotonic(), deadline, "the gateway does not take the new directory")
            time.sleep(0.2)
        self.assert_code(gone, kit.REFUSED)
        self.assert_code(self.org.report("x", "--to", "youssef"), kit.BAD_INPUT)
        # What he could read before is still whole for the others, and the reporter.
        case = self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), kit.DONE).json
        self.assertEqual(case["alarms"], [])
        self.assert_code(self.org.run("desk", "show", filed["handle"], person="mieke"), kit.DONE)
        # And the reporter lets him out of it, though he is nobody of the organisation any more.
        self.assert_code(self.org.run("case", "revoke", "youssef", phrase=filed["phrase"]), kit.DONE)

    def test_a_rotated_key_is_the_one_that_is_sealed_to(self) -> None:
        before = self.filed()
        self.assert_code(self.org.run("key", "rotate", person="anouk"), kit.DONE)
        after = self.assert_code(self.org.report("Na de wissel.", "--to", "anouk"), kit.DONE).json
        seen = self.assert_code(self.org.run("desk", "show", after["handle"], person="anouk"), kit.DONE).json
        self.assertEqual(self.texts(seen, "story"), ["Na de wissel."])
        self.assertEqual(self.org.run("key", "show", person="anouk").json["encryption_keys"], 2)
        self.assertNotEqual(before["handle"], after["handle"])

    def test_a_passphrase_is_changed(self) -> None:
        self.assert_code(self.org.run("key", "passwd", person="bram", OMZIEN_NEW_PASSPHRASE="another"), kit.DONE)
        self.assert_code(self.org.run("key", "show", person="bram"), kit.REFUSED)
        self.assert_code(self.org.run("key", "show", person="bram", OMZIEN_PASSPHRASE="another"), kit.DONE)

    def test_the_administrators_check_reads_what_was_signed(self) -> None:
        checked = self.org.run("admin", "check", "--dir", str(self.org.demo.dir)).json
        self.assertEqual(checked["service_id"], self.org.demo.service_id())
        self.assertEqual({person["name"] for person in checked["people"]}, {name for name, *_ in kit.demo.PEOPLE})

    def test_an_altered_directory_is_refused_by_the_check_and_not_taken_by_the_gateway(self) -> None:
        path = self.org.demo.dir / "directory.omz"
        good = path.read_bytes()
        self.addCleanup(path.write_bytes, good)
        bad = bytearray(good)
        bad[200] ^= 1
        path.write_bytes(bad)
        self.assert_code(self.org.run("admin", "check", "--dir", str(self.org.demo.dir)), kit.VERIFICATION)
        self.org.gateway.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        self.assert_code(self.org.report("Gaat door.", "--to", "anouk"), kit.DONE)


if __name__ == "__main__":
    unittest.main()
