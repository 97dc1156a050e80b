"""Invented people: names by origin, streets, numbers whose check digits are right.

Nobody here exists. Serial numbers of the NISS start at 900, where almost no real number is, and
the accounts carry a bank code that no bank has.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from filrouge.people.models import ResidenceStatus, Sex

BANK_CODE = "988"
"""Given to no bank."""
FIRST_SERIAL = 900
POSTAL_CODE = "4999"
CITY = "Valbourg"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a family comes from: names, nationality, the stays that are usual, languages."""

    weight: int
    nationality: str
    stays: tuple[ResidenceStatus, ...]
    languages: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    families: tuple[str, ...]
    interpreter: bool = False


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_S = ResidenceStatus
_REFUGE = (_S.REFUGEE, _S.REFUGEE, _S.SUBSIDIARY_PROTECTION)

ORIGINS = (
    Origin(
        52, "belge", (_S.BELGIAN,), "français",
        _names("Adeline Béatrice Camille Céline Chloé Delphine Élodie Fabienne Géraldine Isabelle "
               "Jeannine Laetitia Lucie Manon Martine Mégane Nathalie Noémie Ophélie Pascale "
               "Sandrine Sophie Sylvie Valérie Véronique Zoé"),
        _names("Alain Arnaud Benoît Bernard Christophe Cédric Damien David Didier Fabrice "
               "Grégory Guillaume Jérôme Jonathan Kevin Laurent Loïc Ludovic Marc Mathieu Michaël "
               "Olivier Pascal Quentin Thierry Yannick"),
        _names("Abrassart Bastenier Baudouin Bertholet Bodson Brasseur Charlier Closset Colard "
               "Cornet Crahay Dachelet Dejardin Delvaulx Demoulin Detilleux Dumoulin Fanal "
               "Gathoye Gilsoul Grandjean Hardenne Henrotay Houbion Jadoulle Lacroix Lambinon "
               "Ledent Lemaigre Lognoul Maréchaux Massinon Moureau Noirfalise Paquay Piraprez "
               "Plumier Quoilin Remacle Rensonnet Sacré Servotte Simonis Thonon Vandermeulen "
               "Verhelst Wathelet Wilmotte"),
    ),
    Origin(
        12, "marocaine", (_S.BELGIAN, _S.POPULATION_REGISTER, _S.FOREIGNERS_REGISTER),
        "français, arabe",
        _names("Amina Fatiha Hanane Ikram Karima Khadija Laïla Malika Nadia Naïma Rachida Salma "
               "Siham Soukaina Yasmina Zineb"),
        _names("Abdelkader Adil Ayoub Brahim Driss Hamza Hicham Ilyas Jamal Karim Mehdi Mounir "
               "Nabil Rachid Soufiane Younes"),
        _names("Aberkane Amrouch Azzimani Bekkaoui Benhaddou Bouchtaoui Chaïri Elamrani "
               "Elyaagoubi Ghazouani Haddouche Lamkadem Mesbahi Ouarzazi Tazrouti Zerrouki"),
    ),
    Origin(
        6, "turque", (_S.BELGIAN, _S.POPULATION_REGISTER), "français, turc",
        _names("Ayşe Dilek Elif Emine Esra Hatice Meryem Nurcan Sevda Zeynep"),
        _names("Ahmet Cem Emre Halil Hakan Kemal Murat Orhan Serkan Yusuf"),
        _names("Akbulut Altınkaya Çakırer Demirtaşlı Erdoğmuş Gündüzalp Karataşlı Özbekoğlu "
               "Sarıkaya Yıldızhan"),
    ),
    Origin(
        7, "congolaise", (_S.BELGIAN, _S.FOREIGNERS_REGISTER, _S.POPULATION_REGISTER),
        "français, lingala",
        _names("Bijou Carine Clarisse Divine Espérance Grâce Mireille Nadège Rosette Solange"),
        _names("Blaise Christian Dieudonné Fiston Héritier Joël Patrick Papy Serge Trésor"),
        _names("Bakolomba Ilungamba Kabambayi Kalongoma Lubakisa Lukusamba Mbemboli Mukendjila "
               "Ngalulama Tshibandala"),
    ),
    Origin(
        8, "italienne", (_S.EU_CITIZEN, _S.BELGIAN), "français, italien",
        _names("Antonella Carmela Concetta Daniela Filomena Giulia Loredana Marisa Rosalia "
               "Vincenza"),
        _names("Angelo Calogero Carmelo Fabrizio Gaetano Luigi Marco Rosario Salvatore Vito"),
        _names("Bellavigna Cacciapuoti Campobello Di-Mastrova Fiorelmo Lo-Cascero Montaleone "
               "Petruzzari Sanfratelli Tornabelli"),
    ),
    Origin(
        4, "polonaise", (_S.EU_CITIZEN,), "polonais, français",
        _names("Agnieszka Beata Danuta Ewa Katarzyna Magdalena Małgorzata Wioletta"),
        _names("Andrzej Grzegorz Jacek Krzysztof Marcin Paweł Sławomir Tomasz"),
        _names("Borowczyk Grabiszewski Jaworzek Kowalczewski Malinowicz Nowotarcz Piekarczyk "
               "Wiśniowicz"),
    ),
    Origin(
        4, "ukrainienne", (_S.TEMPORARY_PROTECTION,), "ukrainien, russe",
        _names("Halyna Iryna Kateryna Lioudmyla Natalia Oksana Svitlana Tetiana"),
        _names("Andriy Bohdan Dmytro Mykola Oleksandr Serhiy Taras Vasyl"),
        _names("Bondarivsky Hrytsenuk Kovalivna Lysakenko Marchenuk Petrychenko Savchenuk "
               "Tkatchivsky"),
        interpreter=True,
    ),
    Origin(
        5, "syrienne", _REFUGE, "arabe",
        _names("Abir Amal Hiba Lamia Manal Nour Rasha Rima"),
        _names("Ammar Anas Bassel Firas Khaled Mazen Omar Wael"),
        _names("Al-Darwichi Al-Hamoudeh Barazidi Chahinoun Haddadeen Kabbanieh Mardinieh "
               "Sabbaghine"),
        interpreter=True,
    ),
    Origin(
        2, "guinéenne", _REFUGE, "français, peul",
        _names("Aïssatou Binta Fatoumata Hadja Kadiatou Mariama"),
        _names("Alpha Boubacar Ibrahima Mamadou Ousmane Thierno"),
        _names("Baldéma Barrykoum Camaréba Diallocoun Souaréma Sylladou"),
    ),
)  # fmt: skip

STREETS = (
    "Rue des Tanneurs", "Rue du Vieux Lavoir", "Place de la Houille", "Rue des Trois Tilleuls",
    "Avenue du Canal Vert", "Rue de la Scierie", "Impasse des Merles", "Rue du Moulin Bleu",
    "Quai des Bateliers", "Rue de l'Ancienne Forge", "Clos des Noisetiers", "Rue du Charbonnage",
    "Chemin de la Vigne Haute", "Rue Sous-les-Murs", "Avenue des Couvreurs", "Rue de la Linière",
    "Rue du Puits Saint-Aubin", "Rue des Quatre Vents", "Cité du Gai Logis", "Rue de la Passerelle",
)  # fmt: skip


def check_digits(first_nine: str, born: date) -> str:
    """The two check digits of a national or bis number; births from 2000 put a 2 in front."""
    number = int(("2" if born.year >= 2000 else "") + first_nine)
    return f"{97 - number % 97:02d}"


def niss(born: date, serial: int, *, bis: bool = False) -> str:
    """A number that is well formed and given to nobody (*serial*: odd for men, even for women)."""
    month = born.month + (40 if bis else 0)
    first_nine = f"{born.year % 100:02d}{month:02d}{born.day:02d}{serial:03d}"
    return first_nine + check_digits(first_nine, born)


def iban(account: int) -> str:
    """A Belgian account of a bank that does not exist, both check digits right."""
    base = f"{BANK_CODE}{account:07d}"
    inner = int(base) % 97 or 97
    national = f"{base}{inner:02d}"
    return f"BE{98 - int(national + '111400') % 97:02d}{national}"


@dataclass(frozen=True, slots=True)
class Identity:
    """An invented person, ready for the register."""

    first_name: str
    last_name: str
    born: date
    sex: Sex
    origin: Origin
    stay: ResidenceStatus
    niss: str
    iban: str
    street: str
    phone: str
    email: str
    homeless: bool

    def as_fields(self) -> dict[str, object]:
        """What ``people.register_person`` asks for."""
        settled = not self.homeless
        return {
            "last_name": self.last_name,
            "first_name": self.first_name,
            "birth_date": self.born,
            "sex": self.sex,
            "niss": self.niss,
            "residence_status": self.stay,
            "nationality": "belge" if self.stay is _S.BELGIAN else self.origin.nationality,
            "language": "fr",
            "spoken_languages": self.origin.languages,
            "interpreter": self.origin.interpreter,
            "phone": self.phone,
            "email": self.email,
            "street": self.street if settled else "",
            "postal_code": POSTAL_CODE if settled else "",
            "city": CITY if settled else "",
            "homeless": self.homeless,
            "iban": self.iban,
        }


class Registry:
    """Draws people one after the other; never the same name or number twice."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._names: set[tuple[str, str]] = set()
        self._serials: dict[tuple[date, bool], int] = {}
        self._account = 1_200_000

    def taken(self, first_name: str, last_name: str) -> None:
        """Keep a name for somebody else (staff, the three stories)."""
        self._names.add((first_name, last_name))

    def number(self, born: date, sex: Sex, *, bis: bool = False) -> str:
        """The next free NISS of that day."""
        woman = sex is not Sex.MALE
        serial = self._serials.get((born, woman), FIRST_SERIAL if woman else FIRST_SERIAL + 1)
        self._serials[(born, woman)] = serial + 2
        return niss(born, serial, bis=bis)

    def account(self) -> str:
        """The next free account."""
        self._account += self._chance.randrange(1, 900)
        return iban(self._account)

    def first_name(self, origin: Origin, sex: Sex) -> str:
        return self._chance.choice(origin.women if sex is Sex.FEMALE else origin.men)

    def birth(self, youngest: date, oldest: date) -> date:
        """A birth date between two days, both possible."""
        span = (youngest - oldest).days
        return date.fromordinal(oldest.toordinal() + self._chance.randrange(span + 1))

    def draw(self, today: date, ages: tuple[int, int] = (19, 63)) -> Identity:
        """Somebody of an age between the two, in whole years, on *today*."""
        chance = self._chance
        origin = chance.choices(ORIGINS, [one.weight for one in ORIGINS])[0]
        sex = chance.choice((Sex.FEMALE, Sex.MALE))
        first, last = self._unused_name(origin, sex)
        born = self.birth(_years_before(today, ages[0]), _years_before(today, ages[1]))
        stay = chance.choice(origin.stays)
        bis = stay in (_S.FOREIGNERS_REGISTER, _S.TEMPORARY_PROTECTION) and chance.random() < 0.3
        street = f"{chance.choice(STREETS)} {chance.randrange(1, 140)}"
        if chance.random() < 0.35:
            street += f" bte {chance.randrange(1, 13)}"
        return Identity(
            first_name=first,
            last_name=last,
            born=born,
            sex=sex,
            origin=origin,
            stay=stay,
            niss=self.number(born, sex, bis=bis),
            iban=self.account(),
            street=street,
            phone=f"0499 00 {chance.randrange(100):02d} {chance.randrange(100):02d}",
            email="",
            homeless=chance.random() < 0.03,
        )

    def _unused_name(self, origin: Origin, sex: Sex) -> tuple[str, str]:
        while True:
            pair = (self.first_name(origin, sex), self._chance.choice(origin.families))
            if pair not in self._names:
                self._names.add(pair)
                return pair[0], pair[1].replace("-", " ")


def _years_before(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28))
