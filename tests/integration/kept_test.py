"""The client keeps what was written: a gateway that is away, goes away half-way, or restarts."""

import signal
import socket
import threading
import time
import unittest

import kit


class Wire:
    """A TCP relay to the gateway that breaks off after so many bytes of answer."""

    def __init__(self, gateway_port: int):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.gateway_port = gateway_port
        self.answers = 0
        self.cut_at_answer = -1
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._relay, args=(client,), daemon=True).start()

    def _relay(self, client: socket.socket) -> None:
        with client, socket.create_connection(("127.0.0.1", self.gateway_port)) as gateway:
            while request := client.recv(65536):
                gateway.sendall(request)
                while not self._whole(request):
                    more = client.recv(65536)
                    if not more:
                        return
                    gateway.sendall(more)
                    request += more
                answer = b""
                while not self._whole(answer):
                    answer += gateway.recv(65536)
                self.answers += 1
                if self.answers == self.cut_at_answer:
                    return  # the gateway did it; the client never hears
                client.sendall(answer)

    @staticmethod
    def _whole(message: bytes) -> bool:
        head, found, body = message.partition(b"\r\n\r\n")
        return bool(found) and len(body) >= 16384


class Kept(kit.WithGateway):
    def through(self, wire: Wire) -> str:
        path = self.org.folder / "wire.toml"
        path.write_text(f'url = "http://127.0.0.1:{wire.port}"\nservice_id = "{self.org.demo.service_id()}"\n')
        return str(path)

    def test_a_report_while_the_gateway_is_away_is_kept_and_goes_out_later_once(self) -> None:
        self.org.stop()
        answer = self.assert_code(self.org.report("MARKERSTORY bewaard.", "--to", "mieke"), kit.UNREACHABLE)
        kept = answer.json
        self.assertFalse(kept["accepted"])
        self.assertIn("kept", answer.err)
        for file in (self.org.folder / "state").iterdir():
            self.assertNotIn(b"MARKER", file.read_bytes())
        again = self.org.run("outbox", "send", phrase=kept["phrase"])
        self.assert_code(again, kit.UNREACHABLE)
        shown = self.org.run("outbox", "show", phrase=kept["phrase"]).json["items"]
        self.assertEqual([item["text"] for item in shown], ["MARKERSTORY bewaard."])

        self.org.start()
        self.assert_code(self.org.run("outbox", "send", phrase=kept["phrase"]), kit.DONE)
        self.assert_code(self.org.run("outbox", "send", phrase=kept["phrase"]), kit.DONE)
        case = self.org.run("case", "show", phrase=kept["phrase"]).json
        self.assertEqual(self.texts(case, "story"), ["MARKERSTORY bewaard."])

    def test_a_message_while_the_gateway_is_away_goes_out_with_the_next_visit(self) -> None:
        filed = self.filed()
        self.org.stop(signal.SIGKILL)
        self.assert_code(self.org.run("case", "say", "Later.", phrase=filed["phrase"]), kit.UNREACHABLE)
        self.org.start()
        case = self.assert_code(self.org.run("case", "show", phrase=filed["phrase"]), kit.DONE).json
        self.assertEqual(self.texts(case, "talk"), ["Later."])

    def test_a_word_that_goes_with_an_act_is_given_back_while_the_gateway_is_away(self) -> None:
        filed = self.filed()
        self.org.stop()
        acts = (("dispute", "0."), ("another", "--from", "mieke", "--to", "youssef", "--yes", "1."), ("stay", "2."),
                ("identity", "--to", "mieke", "--yes", "3."), ("complain", "4."))
        try:
            for act in acts:
                answer = self.assert_code(self.org.run("case", *act, phrase=filed["phrase"]), kit.UNREACHABLE)
                self.assertIn("outbox show", answer.err)
            shown = self.org.run("outbox", "show", phrase=filed["phrase"]).json["items"]
            self.assertEqual([item["text"] for item in shown], [f"{i}." for i in range(4)])
            shown = self.org.run("outbox", "show", "--complaint", phrase=filed["phrase"]).json["items"]
            self.assertTrue(shown[0]["text"].endswith("4."), shown)
        finally:
            self.org.start()

    def test_an_answer_that_is_lost_at_any_point_sends_nothing_twice(self) -> None:
        for cut in range(1, 9):
            wire = Wire(self.org.port)
            wire.cut_at_answer = cut
            environment = {"OMZIEN_ORG": self.through(wire)}
            story = "Lang. " + "x" * 30_000
            answer = self.org.report(story, "--to", "mieke", **environment)
            phrase = answer.json["phrase"]
            if answer.code != kit.DONE:
                self.assert_code(answer, kit.UNREACHABLE)
                self.assert_code(self.org.run("outbox", "send", phrase=phrase), kit.DONE)
            case = self.org.run("case", "show", phrase=phrase).json
            self.assertEqual(self.texts(case, "story"), [story], f"cut at answer {cut}")
            wire.server.close()

    def test_acknowledged_means_it_survives_a_killed_gateway(self) -> None:
        filed = [self.filed(f"Verhaal {i}.") for i in range(3)]
        self.org.stop(signal.SIGKILL)
        self.org.start()
        for i, one in enumerate(filed):
            case = self.assert_code(self.org.run("case", "show", phrase=one["phrase"]), kit.DONE).json
            self.assertEqual(self.texts(case, "story"), [f"Verhaal {i}."])

    def test_a_gateway_that_goes_while_reports_come_in_loses_none_that_it_accepted(self) -> None:
        accepted: list[dict] = []
        stop = threading.Event()

        def write() -> None:
            while not stop.is_set():
                answer = self.org.report("Onder vuur.", "--to", "mieke")
                accepted.append({"code": answer.code, **answer.json})

        writers = [threading.Thread(target=write) for _ in range(3)]
        for writer in writers:
            writer.start()
        time.sleep(1.0)
        self.org.stop(signal.SIGKILL)
        stop.set()
        for writer in writers:
            writer.join()
        self.org.start()
        self.assertGreater(len(accepted), 3)
        for one in accepted:
            if one["code"] != kit.DONE:
                self.assert_code(self.org.run("outbox", "send", phrase=one["phrase"]), kit.DONE)
            case = self.assert_code(self.org.run("case", "show", phrase=one["phrase"]), kit.DONE).json
            self.assertEqual(self.texts(case, "story"), ["Onder vuur."])


if __name__ == "__main__":
    unittest.main()
