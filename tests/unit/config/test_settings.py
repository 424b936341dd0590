from __future__ import annotations

import re
import stat
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import webapp
from webapp.config import (
    NAMES,
    ConfigurationError,
    Settings,
    SmtpServer,
    is_loopback,
    library_folder,
)

KEY = "k" * 40


def settings(tmp_path: Path, **values: str) -> Settings:
    environment = {"BOARDMARK_HOME": str(tmp_path / "home"), "BOARDMARK_SECRET_KEYS": KEY}
    environment |= {f"BOARDMARK_{name}": value for name, value in values.items()}
    return Settings.from_environment(environment)


class TestDefaults:
    def test_an_installation_without_settings_is_a_laptop_with_sqlite(self, tmp_path: Path) -> None:
        found = Settings.from_environment({"BOARDMARK_HOME": str(tmp_path), "PATH": "/bin"})
        assert (found.bind, found.port, found.url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
        assert found.database_url == f"sqlite:///{tmp_path}/boardmark.sqlite3"
        assert found.library == tmp_path / "library"
        assert found.smtp is None
        assert not found.demo
        assert not found.secure

    def test_the_home_is_var_where_the_program_was_started(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        found = Settings.from_environment({"BOARDMARK_SECRET_KEYS": KEY})
        assert found.home == tmp_path / "var"

    def test_the_public_address_follows_the_port(self, tmp_path: Path) -> None:
        assert settings(tmp_path, PORT="8123").url == "http://127.0.0.1:8123"
        assert settings(tmp_path, BIND="::1").url == "http://[::1]:8000"

    def test_an_empty_setting_counts_as_not_set(self, tmp_path: Path) -> None:
        assert settings(tmp_path, PORT="", SMTP=" ").port == 8000

    def test_asking_for_the_library_folder_makes_nothing(self, tmp_path: Path) -> None:
        assert library_folder({"BOARDMARK_HOME": str(tmp_path / "x")}) == tmp_path / "x" / "library"
        assert not (tmp_path / "x").exists()


class TestSecretKeys:
    def test_a_key_file_is_made_once_for_its_owner_alone(self, tmp_path: Path) -> None:
        environment = {"BOARDMARK_HOME": str(tmp_path / "home")}
        first = Settings.from_environment(environment)
        path = tmp_path / "home" / "secret-keys"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert Settings.from_environment(environment).secret_keys == first.secret_keys
        assert [each.name for each in path.parent.iterdir()] == ["secret-keys"]

    def test_processes_that_start_together_agree_on_the_key(self, tmp_path: Path) -> None:
        found: list[tuple[str, ...]] = []
        barrier = threading.Barrier(8)

        def start() -> None:
            barrier.wait()
            environment = {"BOARDMARK_HOME": str(tmp_path / "home")}
            found.append(Settings.from_environment(environment).secret_keys)

        threads = [threading.Thread(target=start) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 8
        assert len(set(found)) == 1

    def test_a_key_file_that_others_can_read_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "secret-keys"
        path.write_text(KEY)
        path.chmod(0o644)
        with pytest.raises(ConfigurationError, match="chmod 600"):
            Settings.from_environment({"BOARDMARK_HOME": str(tmp_path)})

    def test_keys_rotate_newest_first(self, tmp_path: Path) -> None:
        found = settings(tmp_path, SECRET_KEYS=f"{'n' * 32}, {'o' * 32}")
        assert found.secret_keys == ("n" * 32, "o" * 32)

    def test_a_short_key_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError, match="32 characters"):
            settings(tmp_path, SECRET_KEYS=f"{KEY},short")

    def test_a_wrong_setting_leaves_no_key_behind(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigurationError):
            Settings.from_environment(
                {"BOARDMARK_HOME": str(tmp_path / "home"), "BOARDMARK_DEMO": "maybe"}
            )
        assert not (tmp_path / "home").exists()

    def test_neither_keys_nor_passwords_are_printed(self, tmp_path: Path) -> None:
        found = settings(
            tmp_path,
            DATABASE_URL="postgresql://u:topsecret@h/d",
            SMTP="smtp://u:topsecret@h:587",
            MAIL_FROM="a@example.org",
        )
        assert "topsecret" not in repr(found)
        assert KEY not in repr(found)

    def test_a_home_that_cannot_be_made_is_said_in_one_line(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(ConfigurationError, match=r"BOARDMARK_HOME .* cannot be used"):
            Settings.from_environment({"BOARDMARK_HOME": str(tmp_path / "file" / "home")})


class TestMistakes:
    @pytest.mark.parametrize(
        ("values", "message"),
        [
            ({"PORT": "http"}, "BOARDMARK_PORT must be a whole number from 1 to 65535"),
            ({"PORT": "0"}, "BOARDMARK_PORT"),
            ({"PORT": "٣"}, "BOARDMARK_PORT"),
            ({"BIND": "localhost"}, "BOARDMARK_BIND must be an IP address"),
            ({"BIND": "0.0.0.0"}, "BOARDMARK_URL is needed"),  # noqa: S104  It is refused here.
            ({"URL": "boards.example.org"}, "BOARDMARK_URL has no usable host"),
            ({"URL": "ftp://boards.example.org"}, "BOARDMARK_URL must be a plain address"),
            ({"URL": "https://boards.example.org/path"}, "BOARDMARK_URL must be a plain address"),
            ({"URL": "https://h:port"}, "BOARDMARK_URL has no usable host"),
            ({"DATABASE_URL": "mysql://h/d"}, "BOARDMARK_DATABASE_URL must start with"),
            ({"DATABASE_URL": "sqlite://"}, "BOARDMARK_DATABASE_URL must start with"),
            ({"TRUSTED_PROXY": "-1"}, "BOARDMARK_TRUSTED_PROXY"),
            ({"SMTP": "mail.example.org:25"}, "BOARDMARK_SMTP"),
            ({"SMTP": "smtp://user@h"}, "both a user and a password"),
            ({"SMTP": "smtp://h:25"}, "BOARDMARK_MAIL_FROM is needed"),
            ({"MAIL_FROM": "nobody"}, "BOARDMARK_MAIL_FROM is not a mail address"),
            ({"MAIL_FROM": "a@b.example\nBcc: c@d"}, "BOARDMARK_MAIL_FROM is not a mail address"),
            ({"DEMO": "maybe"}, "BOARDMARK_DEMO must be 1 or 0"),
            ({"MAX_BODY": "1"}, "BOARDMARK_MAX_BODY"),
            ({"DATABSE_URL": "x"}, "did you mean BOARDMARK_DATABASE_URL?"),
            ({"ZZZ": "x"}, "BOARDMARK_ZZZ is not a setting"),
        ],
    )
    def test_a_wrong_setting_is_named_in_one_line(
        self, tmp_path: Path, values: dict[str, str], message: str
    ) -> None:
        with pytest.raises(ConfigurationError) as caught:
            settings(tmp_path, **values)
        assert message in str(caught.value)
        assert "\n" not in repr(str(caught.value))

    def test_a_wrong_database_address_is_not_repeated_with_its_password(
        self, tmp_path: Path
    ) -> None:
        with pytest.raises(ConfigurationError) as caught:
            settings(tmp_path, DATABASE_URL="mysql://u:topsecret@h/d")
        assert "topsecret" not in str(caught.value)


class TestTheExampleInstallation:
    def test_it_works_on_this_machine(self, tmp_path: Path) -> None:
        assert settings(tmp_path, DEMO="1").demo
        assert settings(tmp_path, DEMO="yes", URL="http://localhost:8000").demo

    @pytest.mark.parametrize(
        "values",
        [
            {"BIND": "192.0.2.1", "URL": "https://boards.example.org"},
            {"URL": "https://boards.example.org"},
            {"TRUSTED_PROXY": "1"},
        ],
    )
    def test_it_is_refused_where_others_could_read_the_mail(
        self, tmp_path: Path, values: dict[str, str]
    ) -> None:
        with pytest.raises(ConfigurationError, match="this machine alone"):
            settings(tmp_path, DEMO="1", **values)


class TestMailServer:
    def test_a_server_with_a_password_must_speak_tls(self, tmp_path: Path) -> None:
        found = settings(tmp_path, SMTP="smtp://u:p@mail.example.org", MAIL_FROM="a@example.org")
        assert found.smtp == SmtpServer("mail.example.org", 587, False, "u", "p")
        assert found.smtp is not None
        assert found.smtp.needs_tls

    @pytest.mark.parametrize(
        ("address", "port", "needs_tls"),
        [
            ("smtps://mail.example.org", 465, True),
            ("smtp://mail.example.org", 25, False),
            ("smtp://u:p@127.0.0.1:2525", 2525, False),
            ("smtp://u:p@[::1]:2525", 2525, False),
        ],
    )
    def test_ports_and_tls_follow_the_address(
        self, tmp_path: Path, address: str, port: int, needs_tls: bool
    ) -> None:
        smtp = settings(tmp_path, SMTP=address, MAIL_FROM="a@example.org").smtp
        assert smtp is not None
        assert (smtp.port, smtp.needs_tls) == (port, needs_tls)

    @given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
    def test_any_user_and_password_can_be_written_into_the_address(
        self, user: str, password: str
    ) -> None:
        address = f"smtp://{quote(user, safe='')}:{quote(password, safe='')}@h:25"
        found = Settings.from_environment(
            {
                "BOARDMARK_SMTP": address,
                "BOARDMARK_MAIL_FROM": "a@example.org",
                "BOARDMARK_SECRET_KEYS": KEY,
            }
        )
        assert found.smtp is not None
        assert (found.smtp.user, found.smtp.password) == (user, password)


class TestPublicAddress:
    def test_https_is_what_makes_cookies_secure(self, tmp_path: Path) -> None:
        found = settings(tmp_path, URL="https://Boards.Example.org/")
        assert (found.url, found.host, found.secure) == (
            "https://boards.example.org",
            "boards.example.org",
            True,
        )

    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("localhost", True),
            ("127.0.0.9", True),
            ("[::1]", True),
            ("192.0.2.1", False),
            ("localhost.example.org", False),
        ],
    )
    def test_loopback_is_recognised(self, host: str, expected: bool) -> None:
        assert is_loopback(host) is expected


class TestGuide:
    def test_every_setting_is_in_the_guide_and_no_other(self) -> None:
        guide = Path(webapp.__file__).parents[1] / "docs" / "settings.md"
        listed = re.findall(r"^\| `BOARDMARK_(\w+)` \|", guide.read_text("utf-8"), re.MULTILINE)
        assert listed == list(NAMES)
