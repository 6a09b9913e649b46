"""The company of the demo: sixty people of Meridian, as a table that an administrator would import."""

from typing import Final

COMPANY: Final = """name;email;title;department;manager;time zone;language
Nora Lindqvist;nora@meridian.example;Head of customer care;Customer care;vera@meridian.example;Europe/London;en
Marta Figueiredo;marta@meridian.example;Project lead;Operations;caio@meridian.example;America/Sao_Paulo;pt
Павел Орлов;pavel@meridian.example;Разработчик;Engineering;lena@meridian.example;Europe/Moscow;ru
Vera Castellan;vera@meridian.example;Managing director;Direction;;Europe/Paris;fr
Caio Amaral;caio@meridian.example;Diretor de operações;Operations;vera@meridian.example;America/Sao_Paulo;pt
Lena Brandt;lena@meridian.example;Head of engineering;Engineering;vera@meridian.example;Europe/Berlin;en
Alice Renaud;alice@meridian.example;Directrice financière;Finance;vera@meridian.example;Europe/Paris;fr
Simon Achebe;simon@meridian.example;Head of people;People;vera@meridian.example;Europe/London;en
Яна Белова;yana@meridian.example;Руководитель маркетинга;Marketing;vera@meridian.example;Europe/Moscow;ru
Thomas Vasseur;thomas@meridian.example;Responsable terrain;Field service;caio@meridian.example;Europe/Paris;fr
Priya Nair;priya@meridian.example;Team lead;Customer care;nora@meridian.example;Europe/London;en
Joel Sutton;joel@meridian.example;Support agent;Customer care;priya@meridian.example;Europe/London;en
Camila Prado;camila@meridian.example;Atendente;Customer care;priya@meridian.example;America/Sao_Paulo;pt
Enzo Girard;enzo@meridian.example;Conseiller client;Customer care;priya@meridian.example;Europe/Paris;fr
Ксения Громова;ksenia@meridian.example;Специалист поддержки;Customer care;priya@meridian.example;Europe/Moscow;ru
Molly Abbott;molly@meridian.example;Support agent;Customer care;nora@meridian.example;Europe/Dublin;en
Renata Lobo;renata@meridian.example;Atendente sênior;Customer care;nora@meridian.example;America/Recife;pt
Quentin Faure;quentin@meridian.example;Conseiller client;Customer care;nora@meridian.example;Europe/Paris;fr
Тимур Ахметов;timur@meridian.example;Специалист поддержки;Customer care;nora@meridian.example;Asia/Yekaterinburg;ru
Grace Okafor;grace@meridian.example;Knowledge base author;Customer care;nora@meridian.example;Africa/Lagos;en
Felix Hartung;felix@meridian.example;Backend engineer;Engineering;lena@meridian.example;Europe/Berlin;en
Amélie Rousset;amelie@meridian.example;Ingénieure qualité;Engineering;lena@meridian.example;Europe/Paris;fr
Otávio Sales;otavio@meridian.example;Engenheiro de dados;Engineering;felix@meridian.example;America/Sao_Paulo;pt
Дарья Соколова;darya@meridian.example;Дизайнер интерфейсов;Engineering;lena@meridian.example;Europe/Moscow;ru
Rohan Mehta;rohan@meridian.example;Site reliability engineer;Engineering;felix@meridian.example;Asia/Kolkata;en
Sofia Engel;sofia@meridian.example;Frontend engineer;Engineering;lena@meridian.example;Europe/Vienna;en
Bastien Morel;bastien@meridian.example;Développeur mobile;Engineering;felix@meridian.example;Europe/Paris;fr
Lívia Camargo;livia@meridian.example;Engenheira de software;Engineering;felix@meridian.example;America/Sao_Paulo;pt
Глеб Никитин;gleb@meridian.example;Тестировщик;Engineering;amelie@meridian.example;Europe/Samara;ru
Hannah Wells;hannah@meridian.example;Product manager;Engineering;lena@meridian.example;Europe/London;en
Rafael Duarte;rafael@meridian.example;Planejador;Operations;marta@meridian.example;America/Sao_Paulo;pt
Beatriz Nogueira;beatriz@meridian.example;Coordenadora;Operations;marta@meridian.example;America/Fortaleza;pt
Owen Gallagher;owen@meridian.example;Warehouse planner;Operations;marta@meridian.example;Europe/Dublin;en
Juliette Perrin;juliette@meridian.example;Acheteuse;Operations;caio@meridian.example;Europe/Paris;fr
Игорь Ткаченко;igor@meridian.example;Логист;Operations;marta@meridian.example;Europe/Moscow;ru
Thiago Barros;thiago@meridian.example;Comprador;Operations;caio@meridian.example;America/Manaus;pt
Ellen Fraser;ellen@meridian.example;Quality officer;Operations;caio@meridian.example;Europe/London;en
Maud Lefort;maud@meridian.example;Technicienne;Field service;thomas@meridian.example;Europe/Paris;fr
Davi Peixoto;davi@meridian.example;Técnico de campo;Field service;thomas@meridian.example;America/Sao_Paulo;pt
Роман Зуев;roman@meridian.example;Инженер;Field service;thomas@meridian.example;Europe/Moscow;ru
Corentin Blanc;corentin@meridian.example;Technicien;Field service;thomas@meridian.example;Europe/Brussels;fr
Isla Murray;isla@meridian.example;Field engineer;Field service;thomas@meridian.example;Europe/London;en
Larissa Pinho;larissa@meridian.example;Técnica de campo;Field service;thomas@meridian.example;America/Bahia;pt
Marc Deschamps;marc@meridian.example;Comptable;Finance;alice@meridian.example;Europe/Paris;fr
Fernanda Coelho;fernanda@meridian.example;Analista financeira;Finance;alice@meridian.example;America/Sao_Paulo;pt
Daniel Price;daniel@meridian.example;Payroll;Finance;alice@meridian.example;Europe/London;en
Ольга Мартынова;olga@meridian.example;Бухгалтер;Finance;alice@meridian.example;Europe/Moscow;ru
Inès Caron;ines@meridian.example;Contrôleuse de gestion;Finance;alice@meridian.example;Europe/Paris;fr
Ruth Adeyemi;ruth@meridian.example;Recruiter;People;simon@meridian.example;Europe/London;en
Clara Teixeira;clara@meridian.example;Parceira de pessoas;People;simon@meridian.example;America/Sao_Paulo;pt
Étienne Roy;etienne@meridian.example;Formation;People;simon@meridian.example;America/Montreal;fr
Алина Фёдорова;alina@meridian.example;Рекрутер;People;simon@meridian.example;Europe/Moscow;ru
Jonas Keller;jonas@meridian.example;Office manager;People;simon@meridian.example;Europe/Berlin;en
Zoé Lambert;zoe@meridian.example;Rédactrice;Marketing;yana@meridian.example;Europe/Paris;fr
Bruno Tavares;bruno@meridian.example;Designer;Marketing;yana@meridian.example;America/Sao_Paulo;pt
Emma Doyle;emma@meridian.example;Campaign manager;Marketing;yana@meridian.example;Europe/Dublin;en
Максим Лебедев;maxim@meridian.example;Контент-менеджер;Marketing;yana@meridian.example;Europe/Moscow;ru
Mathilde Huet;mathilde@meridian.example;Relations presse;Marketing;yana@meridian.example;Europe/Paris;fr
Liam Boyd;liam@meridian.example;Analyst;Direction;vera@meridian.example;Europe/London;en
Sandra Vieira;sandra@meridian.example;Assistente da direção;Direction;vera@meridian.example;America/Sao_Paulo;pt
"""
"""Those who can sign in come first (`people.py`)."""


def at(who: str) -> str:
    """The address of somebody by the part before the @."""
    return f"{who}@meridian.example"


def names() -> dict[str, str]:
    """Everybody's name by the part of the address before the @."""
    rows = [line.split(";") for line in COMPANY.splitlines()[1:]]
    return {row[1].partition("@")[0]: row[0] for row in rows}


def of_department(*departments: str) -> list[str]:
    """Who works in departments."""
    rows = [line.split(";") for line in COMPANY.splitlines()[1:]]
    return [row[1].partition("@")[0] for row in rows if row[3] in departments]
