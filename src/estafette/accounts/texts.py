"""The words of accounts in the four languages."""

from typing import Final

from estafette.accounts import errors
from estafette.base.errors import Problem
from estafette.base.languages import Sentence

PROBLEMS: Final[dict[type[Problem], Sentence]] = {
    errors.WrongCredentials: Sentence(
        "This e-mail address and this password do not belong together.",
        "Cette adresse e-mail et ce mot de passe ne correspondent pas.",
        "Este e-mail e esta senha não correspondem.",
        "Неверный адрес эл. почты или пароль.",
    ),
    errors.SessionNeeded: Sentence(
        "A token cannot do this. Sign in for it.",
        "Un jeton ne permet pas cela. Connectez-vous pour le faire.",
        "Um token não pode fazer isso. Entre na sua conta para fazê-lo.",
        "С токеном это сделать нельзя. Войдите в систему.",
    ),
    errors.SetupDone: Sentence(
        "The first administrator has already been set up. Please sign in.",
        "Le premier administrateur existe déjà. Veuillez vous connecter.",
        "O primeiro administrador já foi criado. Entre na sua conta.",
        "Первый администратор уже создан. Войдите в систему.",
    ),
    errors.LastOwner: Sentence(
        "A partner needs at least one owner. Make somebody else an owner first.",
        "Un partenaire a besoin d’au moins un propriétaire. Désignez-en d’abord un autre.",
        "Um parceiro precisa de pelo menos um proprietário. Primeiro, torne outra pessoa proprietária.",
        "У партнёра должен быть хотя бы один владелец. Сначала назначьте владельцем кого-нибудь ещё.",
    ),
    errors.InvitationForAnotherAddress: Sentence(
        "This invitation is for {email}. Sign in with that address to accept it.",
        "Cette invitation est destinée à {email}. Connectez-vous avec cette adresse pour l’accepter.",
        "Este convite é para {email}. Entre com esse endereço para aceitá-lo.",
        "Это приглашение для {email}. Чтобы принять его, войдите с этим адресом.",
    ),
    errors.LinkForAnotherAccount: Sentence(
        "This link is for another account. Sign in to that one.",
        "Ce lien concerne un autre compte. Connectez-vous à celui-là.",
        "Este link é de outra conta. Entre nela.",
        "Эта ссылка для другого аккаунта. Войдите в него.",
    ),
    errors.LastAdministrator: Sentence(
        "At least one administrator must remain. Make somebody else an administrator first.",
        "Il doit rester au moins un administrateur. Désignez-en d’abord un autre.",
        "É preciso que reste pelo menos um administrador. Primeiro, torne outra pessoa administradora.",
        "Должен остаться хотя бы один администратор. Сначала назначьте администратором кого-нибудь ещё.",
    ),
    errors.DefaultProfileStays: Sentence(
        "The default contact profile cannot be deleted. Make another one the default first.",
        "Le profil de contact par défaut ne peut pas être supprimé. Choisissez-en d’abord un autre par défaut.",
        "O perfil de contato padrão não pode ser excluído. Primeiro, defina outro como padrão.",
        "Основной контактный профиль нельзя удалить. Сначала сделайте основным другой.",
    ),
    errors.NotAServiceAccount: Sentence(
        "Tokens for others can be made for service accounts only.",
        "On ne peut créer des jetons pour autrui que pour les comptes de service.",
        "Só é possível criar tokens em nome de contas de serviço.",
        "Создавать токены для других можно только служебным учётным записям.",
    ),
}

FIELDS: Final[dict[str, Sentence]] = {
    "email_invalid": Sentence(
        "This does not look like an e-mail address.",
        "Cela ne ressemble pas à une adresse e-mail.",
        "Isso não parece um endereço de e-mail.",
        "Это не похоже на адрес эл. почты.",
    ),
    "email_taken": Sentence(
        "Somebody already uses this e-mail address.",
        "Cette adresse e-mail est déjà utilisée.",
        "Este e-mail já está em uso.",
        "Этот адрес эл. почты уже занят.",
    ),
    "phone_invalid": Sentence(
        "This is no phone number that we know. Write it with + and the country code, such as +33 6 12 34 56 78.",
        "Ce numéro nous est inconnu. Écrivez-le avec + et l’indicatif du pays, par exemple +33 6 12 34 56 78.",
        "Não conhecemos este número. Escreva-o com + e o código do país, por exemplo +55 11 91234-5678.",
        "Такой номер нам неизвестен. Укажите его с + и кодом страны, например +7 912 345-67-89.",
    ),
    "phone_ambiguous": Sentence(
        "This number exists in more than one country. Write the one you mean: {numbers}.",
        "Ce numéro existe dans plusieurs pays. Écrivez celui que vous voulez dire : {numbers}.",
        "Este número existe em mais de um país. Escreva o que você quer dizer: {numbers}.",
        "Такой номер есть в нескольких странах. Укажите нужный: {numbers}.",
    ),
    "time_zone_unknown": Sentence(
        "This time zone is not known. One that is: Europe/Paris.",
        "Ce fuseau horaire est inconnu. Exemple valable : Europe/Paris.",
        "Este fuso horário não é conhecido. Um exemplo válido: America/Sao_Paulo.",
        "Такой часовой пояс неизвестен. Пример верного: Europe/Moscow.",
    ),
    "website_invalid": Sentence(
        "A web address begins with https:// or http://.",
        "Une adresse web commence par https:// ou http://.",
        "Um endereço da web começa com https:// ou http://.",
        "Адрес сайта начинается с https:// или http://.",
    ),
    "time_invalid": Sentence(
        "Please write the time as hours and minutes, such as 09:30.",
        "Écrivez l’heure avec les minutes, par exemple 09:30.",
        "Escreva o horário com horas e minutos, por exemplo 09:30.",
        "Укажите часы и минуты, например 09:30.",
    ),
    "closes_as_it_opens": Sentence(
        "Opening and closing times are the same. For a whole day write 00:00 to 24:00.",
        "L’ouverture et la fermeture sont à la même heure. Pour une journée entière, écrivez de 00:00 à 24:00.",
        "A abertura e o fechamento têm o mesmo horário. Para um dia inteiro, escreva de 00:00 a 24:00.",
        "Время открытия и закрытия совпадает. Для целых суток укажите с 00:00 до 24:00.",
    ),
    "wrong_password": Sentence(
        "This is not your present password.",
        "Ce n’est pas votre mot de passe actuel.",
        "Esta não é a sua senha atual.",
        "Это не ваш текущий пароль.",
    ),
    "link_ended": Sentence(
        "This link has been used or has expired. Ask for a new one.",
        "Ce lien a déjà servi ou a expiré. Demandez-en un nouveau.",
        "Este link já foi usado ou expirou. Peça um novo.",
        "Эта ссылка уже использована или устарела. Запросите новую.",
    ),
    "wrong_code": Sentence(
        "This is not the code that was printed when the server started.",
        "Ce n’est pas le code affiché au démarrage du serveur.",
        "Este não é o código exibido quando o servidor iniciou.",
        "Это не тот код, который сервер показал при запуске.",
    ),
    "scope_not_yours": Sentence(
        "You cannot give a token rights that you do not have here yourself.",
        "Vous ne pouvez pas donner à un jeton des droits que vous n’avez pas ici vous-même.",
        "Não é possível dar a um token direitos que você mesmo não tem aqui.",
        "Нельзя дать токену права, которых здесь нет у вас.",
    ),
    "service_has_no_password": Sentence(
        "A service account signs in with tokens only and has no password.",
        "Un compte de service se connecte uniquement par jeton et n’a pas de mot de passe.",
        "Uma conta de serviço entra apenas com tokens e não tem senha.",
        "Служебная учётная запись входит только по токену, пароля у неё нет.",
    ),
    "service_is_for_good": Sentence(
        "A service account stays one, and a person does not become one. Add another account instead.",
        "Un compte de service le reste, et une personne n’en devient pas un. Ajoutez plutôt un autre compte.",
        "Uma conta de serviço continua sendo uma, e uma pessoa não se torna uma. Crie outra conta.",
        "Служебная учётная запись остаётся служебной, а обычная ею не становится. Создайте другую.",
    ),
    "not_an_employee": Sentence(
        "This person does not belong to the organisation.",
        "Cette personne ne fait pas partie de l’organisation.",
        "Esta pessoa não faz parte da organização.",
        "Этот человек не из организации.",
    ),
    "own_contact": Sentence(
        "You cannot be a contact of your own.",
        "Vous ne pouvez pas figurer parmi vos propres contacts.",
        "Você não pode estar entre os seus próprios contatos.",
        "Себя нельзя добавить в свои контакты.",
    ),
    "manager_below": Sentence(
        "This person works below the one whose manager they would be.",
        "Cette personne est sous la responsabilité de celle qu’elle dirigerait.",
        "Esta pessoa está abaixo de quem ela gerenciaria.",
        "Этот человек сам подчиняется тому, кем должен руководить.",
    ),
    "table_unreadable": Sentence(
        "This is not a table that can be read. Save it as CSV (UTF-8) and try again.",
        "Ce tableau est illisible. Enregistrez-le en CSV (UTF-8) et réessayez.",
        "Não foi possível ler esta tabela. Salve como CSV (UTF-8) e tente de novo.",
        "Эту таблицу не удалось прочитать. Сохраните её как CSV (UTF-8) и попробуйте ещё раз.",
    ),
    "too_long_file": Sentence(
        "The file may have {max} MB at most.",
        "Le fichier peut faire {max} Mo au plus.",
        "O arquivo pode ter no máximo {max} MB.",
        "Размер файла — не больше {max} МБ.",
    ),
    "too_many_rows": Sentence(
        "The table may have {max} rows at most.",
        "Le tableau peut avoir {max} lignes au plus.",
        "A tabela pode ter no máximo {max} linhas.",
        "В таблице может быть не больше {max} строк.",
    ),
    "no_rows": Sentence(
        "There is nobody in the table below its headings.",
        "Le tableau ne contient personne sous ses titres.",
        "Não há ninguém na tabela abaixo dos títulos.",
        "Под заголовками таблицы никого нет.",
    ),
    "too_many_cells": Sentence(
        "This row has more cells than there are headings ({max}).",
        "Cette ligne a plus de cellules qu’il n’y a de titres ({max}).",
        "Esta linha tem mais células do que há títulos ({max}).",
        "В этой строке ячеек больше, чем заголовков ({max}).",
    ),
    "column_missing": Sentence(
        "This column is missing.", "Cette colonne manque.", "Falta esta coluna.", "Нет этого столбца."
    ),
    "column_twice": Sentence(
        "This column is there twice.",
        "Cette colonne figure deux fois.",
        "Esta coluna aparece duas vezes.",
        "Этот столбец встречается дважды.",
    ),
    "email_twice": Sentence(
        "This address is in row {row} already.",
        "Cette adresse figure déjà à la ligne {row}.",
        "Este endereço já está na linha {row}.",
        "Этот адрес уже есть в строке {row}.",
    ),
    "formula": Sentence(
        "A text must not begin like a formula (=, +, -, @).",
        "Un texte ne doit pas commencer comme une formule (=, +, -, @).",
        "Um texto não pode começar como uma fórmula (=, +, -, @).",
        "Текст не должен начинаться как формула (=, +, -, @).",
    ),
    "language_unknown": Sentence(
        "The languages are en, fr, pt and ru.",
        "Les langues sont en, fr, pt et ru.",
        "Os idiomas são en, fr, pt e ru.",
        "Языки: en, fr, pt и ru.",
    ),
    "manager_unknown": Sentence(
        "No employee has this address, neither here nor in the table.",
        "Aucun employé n’a cette adresse, ni ici ni dans le tableau.",
        "Nenhum funcionário tem este endereço, nem aqui nem na tabela.",
        "Сотрудника с таким адресом нет ни здесь, ни в таблице.",
    ),
    "person_deactivated": Sentence(
        "The account with this address is deactivated. Reactivate it first, or leave the row out.",
        "Le compte de cette adresse est désactivé. Réactivez-le d’abord, ou retirez la ligne.",
        "A conta deste endereço está desativada. Reative-a primeiro ou retire a linha.",
        "Учётная запись с этим адресом отключена. Сначала включите её или уберите строку.",
    ),
    "person_is_service": Sentence(
        "This is the address of a service account.",
        "C’est l’adresse d’un compte de service.",
        "Este é o endereço de uma conta de serviço.",
        "Это адрес служебной учётной записи.",
    ),
    "domain_invalid": Sentence(
        "This is not the domain of an e-mail address, such as example.com.",
        "Ce n’est pas le domaine d’une adresse e-mail, comme example.com.",
        "Isto não é o domínio de um endereço de e-mail, como example.com.",
        "Это не домен адреса эл. почты, такой как example.com.",
    ),
    "domain_there": Sentence(
        "This domain is on the list already.",
        "Ce domaine figure déjà dans la liste.",
        "Este domínio já está na lista.",
        "Этот домен уже в списке.",
    ),
    "domain_public": Sentence(
        "Anybody can get an address of {name}, and would become an employee.",
        "N’importe qui peut obtenir une adresse chez {name}, et deviendrait employé.",
        "Qualquer pessoa pode ter um endereço em {name} e viraria funcionária.",
        "Адрес на {name} может получить кто угодно — и станет сотрудником.",
    ),
    "one_default_stays": Sentence(
        "One profile is always the default. Make another one the default instead.",
        "Un profil est toujours celui par défaut. Choisissez-en plutôt un autre par défaut.",
        "Sempre há um perfil padrão. Em vez disso, defina outro como padrão.",
        "Один профиль всегда основной. Вместо этого сделайте основным другой.",
    ),
}

DEFAULT_PROFILE: Final = Sentence("Main", "Principal", "Principal", "Основной")

CONFIRMATION: Final = Sentence(
    "Thank you for your message. {partner} has received it and will answer you here.",
    "Merci pour votre message. {partner} l’a bien reçu et vous répondra ici.",
    "Agradecemos a sua mensagem. {partner} já a recebeu e vai responder por aqui.",
    "Спасибо за сообщение! Оно получено: {partner} ответит вам здесь.",
)
