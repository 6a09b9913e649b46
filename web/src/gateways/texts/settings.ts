/** Words for the settings of the transports that we know; others are called by their own names. */
import { defineTexts } from '../../i18n/index.ts';

export const settings = defineTexts({
  en: {
    names: {
      host: 'Host', port: 'Port', tls: 'Encrypted (TLS)', security: 'Encryption', system_type: 'System type', window: 'Window',
      response_timeout: 'Patience for an answer', enquire_every: 'Sign of life every', data_coding: 'Character coding', receipt_ids: 'Message ids in reports',
      source_ton: 'Sender’s number type', source_npi: 'Sender’s number plan', destination_ton: 'Recipient’s number type', destination_npi: 'Recipient’s number plan',
      validity: 'Pass on the validity', hello: 'Our name (EHLO)', pool: 'Kept connections', sender: 'Standard sender', dkim_domain: 'DKIM domain', dkim_selector: 'DKIM selector',
      contact: 'Contact', account_sid: 'Account', base_url: 'Address of the service', messaging_service_sid: 'Messaging service', delivers: 'Reports as delivered',
      system_id: 'User name (system_id)', user: 'User name', password: 'Password', dkim_private_key: 'DKIM key', private_key: 'Private key', auth_token: 'Auth token',
      sender_name: 'Sender’s name', timeout: 'Patience', verify: 'Check the certificate', receipts: 'Ask for reports',
    },
    help: {
      system_type: 'Only if the provider names one.',
      window: 'How many messages may wait for an answer at the same time.',
      response_timeout: 'Seconds; after that the outcome counts as unknown.',
      enquire_every: 'Seconds.',
      receipt_ids: 'Some SMS centres write them differently in reports.',
      sender: 'Used where a message names none.',
      hello: 'Left empty, the name of this server.',
      dkim_domain: 'Signs outgoing e-mail for this domain; needs the selector and the key.',
      dkim_private_key: 'In PEM format.',
      contact: 'An e-mail address or page at which push services can reach you: mailto:… or https://…',
      private_key: 'Left empty, one is made. Another key later makes all registered browsers useless.',
      base_url: 'Only for services other than Twilio itself.',
      delivers: 'Off, messages stay at “sent”.',
    },
    choices: { starttls: 'STARTTLS', tls: 'TLS from the start', none: 'None', same: 'The same', hex_to_decimal: 'Decimal instead of hexadecimal', decimal_to_hex: 'Hexadecimal instead of decimal', auto: 'By content' },
  },
  fr: {
    names: {
      host: 'Hôte', port: 'Port', tls: 'Chiffré (TLS)', security: 'Chiffrement', system_type: 'Type de système', window: 'Fenêtre',
      response_timeout: 'Attente d’une réponse', enquire_every: 'Signe de vie toutes les', data_coding: 'Codage des caractères', receipt_ids: 'Identifiants dans les rapports',
      source_ton: 'Type de numéro de l’expéditeur', source_npi: 'Plan de numéros de l’expéditeur', destination_ton: 'Type de numéro du destinataire', destination_npi: 'Plan de numéros du destinataire',
      validity: 'Transmettre la validité', hello: 'Notre nom (EHLO)', pool: 'Liaisons gardées', sender: 'Expéditeur habituel', dkim_domain: 'Domaine DKIM', dkim_selector: 'Sélecteur DKIM',
      contact: 'Contact', account_sid: 'Compte', base_url: 'Adresse du service', messaging_service_sid: 'Service de messages', delivers: 'Signale comme remis',
      system_id: 'Nom d’utilisateur (system_id)', user: 'Nom d’utilisateur', password: 'Mot de passe', dkim_private_key: 'Clé DKIM', private_key: 'Clé privée', auth_token: 'Jeton d’accès',
      sender_name: 'Nom de l’expéditeur', timeout: 'Attente', verify: 'Vérifier le certificat', receipts: 'Demander des rapports',
    },
    help: {
      system_type: 'Seulement si le fournisseur en indique un.',
      window: 'Combien de messages peuvent attendre une réponse en même temps.',
      response_timeout: 'En secondes ; ensuite l’issue compte comme inconnue.',
      enquire_every: 'En secondes.',
      receipt_ids: 'Certains centres SMS les écrivent autrement dans les rapports.',
      sender: 'Employé quand un message n’en indique aucun.',
      hello: 'Laissé vide, le nom de ce serveur.',
      dkim_domain: 'Signe les e-mails pour ce domaine ; il faut le sélecteur et la clé.',
      dkim_private_key: 'Au format PEM.',
      contact: 'Une adresse e-mail ou une page où les services push peuvent vous joindre : mailto:… ou https://…',
      private_key: 'Laissée vide, une clé est créée. En changer plus tard rend inutiles tous les navigateurs inscrits.',
      base_url: 'Seulement pour d’autres services que Twilio.',
      delivers: 'Éteint, les messages restent à « envoyé ».',
    },
    choices: { starttls: 'STARTTLS', tls: 'TLS dès le début', none: 'Aucun', same: 'Les mêmes', hex_to_decimal: 'Décimal au lieu d’hexadécimal', decimal_to_hex: 'Hexadécimal au lieu de décimal', auto: 'Selon le contenu' },
  },
  pt: {
    names: {
      host: 'Servidor', port: 'Porta', tls: 'Cifrado (TLS)', security: 'Cifra', system_type: 'Tipo de sistema', window: 'Janela',
      response_timeout: 'Espera por resposta', enquire_every: 'Sinal de vida a cada', data_coding: 'Codificação de caracteres', receipt_ids: 'Identificadores nos avisos',
      source_ton: 'Tipo de número do remetente', source_npi: 'Plano de números do remetente', destination_ton: 'Tipo de número do destinatário', destination_npi: 'Plano de números do destinatário',
      validity: 'Repassar a validade', hello: 'Nosso nome (EHLO)', pool: 'Conexões mantidas', sender: 'Remetente padrão', dkim_domain: 'Domínio DKIM', dkim_selector: 'Seletor DKIM',
      contact: 'Contato', account_sid: 'Conta', base_url: 'Endereço do serviço', messaging_service_sid: 'Serviço de mensagens', delivers: 'Informa como entregue',
      system_id: 'Usuário (system_id)', user: 'Usuário', password: 'Senha', dkim_private_key: 'Chave DKIM', private_key: 'Chave privada', auth_token: 'Token de acesso',
      sender_name: 'Nome do remetente', timeout: 'Espera', verify: 'Conferir o certificado', receipts: 'Pedir avisos',
    },
    help: {
      system_type: 'Só se o provedor indicar um.',
      window: 'Quantas mensagens podem esperar resposta ao mesmo tempo.',
      response_timeout: 'Em segundos; depois disso o resultado conta como desconhecido.',
      enquire_every: 'Em segundos.',
      receipt_ids: 'Algumas centrais de SMS os escrevem de outro modo nos avisos.',
      sender: 'Usado quando a mensagem não indica nenhum.',
      hello: 'Vazio, o nome deste servidor.',
      dkim_domain: 'Assina os e-mails por este domínio; precisa do seletor e da chave.',
      dkim_private_key: 'No formato PEM.',
      contact: 'Um e-mail ou página em que os serviços push encontram você: mailto:… ou https://…',
      private_key: 'Vazia, uma chave é criada. Trocá-la depois inutiliza todos os navegadores inscritos.',
      base_url: 'Só para serviços que não sejam a própria Twilio.',
      delivers: 'Desligado, as mensagens ficam em “enviada”.',
    },
    choices: { starttls: 'STARTTLS', tls: 'TLS desde o início', none: 'Nenhuma', same: 'Os mesmos', hex_to_decimal: 'Decimal em vez de hexadecimal', decimal_to_hex: 'Hexadecimal em vez de decimal', auto: 'Pelo conteúdo' },
  },
  ru: {
    names: {
      host: 'Сервер', port: 'Порт', tls: 'Шифрование (TLS)', security: 'Шифрование', system_type: 'Тип системы', window: 'Окно',
      response_timeout: 'Ждать ответа', enquire_every: 'Признак жизни каждые', data_coding: 'Кодировка', receipt_ids: 'Номера сообщений в отчётах',
      source_ton: 'Тип номера отправителя', source_npi: 'План нумерации отправителя', destination_ton: 'Тип номера получателя', destination_npi: 'План нумерации получателя',
      validity: 'Передавать срок действия', hello: 'Наше имя (EHLO)', pool: 'Открытых соединений', sender: 'Обычный отправитель', dkim_domain: 'Домен DKIM', dkim_selector: 'Селектор DKIM',
      contact: 'Контакт', account_sid: 'Учётная запись', base_url: 'Адрес службы', messaging_service_sid: 'Служба сообщений', delivers: 'Сообщает о доставке',
      system_id: 'Имя пользователя (system_id)', user: 'Имя пользователя', password: 'Пароль', dkim_private_key: 'Ключ DKIM', private_key: 'Закрытый ключ', auth_token: 'Ключ доступа',
      sender_name: 'Имя отправителя', timeout: 'Время ожидания', verify: 'Проверять сертификат', receipts: 'Запрашивать отчёты',
    },
    help: {
      system_type: 'Только если его назвал поставщик.',
      window: 'Сколько сообщений могут одновременно ждать ответа.',
      response_timeout: 'В секундах; потом исход считается неизвестным.',
      enquire_every: 'В секундах.',
      receipt_ids: 'Некоторые центры SMS пишут их в отчётах иначе.',
      sender: 'Если в сообщении отправитель не назван.',
      hello: 'Если пусто — имя этого сервера.',
      dkim_domain: 'Подписывает письма от этого домена; нужны селектор и ключ.',
      dkim_private_key: 'В формате PEM.',
      contact: 'Почта или страница, где службы push могут вас найти: mailto:… или https://…',
      private_key: 'Если пусто, ключ создаётся. Смена ключа позже отключит все подписанные браузеры.',
      base_url: 'Только для других служб, не самой Twilio.',
      delivers: 'Если выключено, сообщения остаются «отправленными».',
    },
    choices: { starttls: 'После STARTTLS', tls: 'TLS с самого начала', none: 'Без шифрования', same: 'Те же', hex_to_decimal: 'Десятичные вместо шестнадцатеричных', decimal_to_hex: 'Шестнадцатеричные вместо десятичных', auto: 'По содержанию' },
  },
});

/** `dkim_selector` → "DKIM selector" in the reader's language, or the name itself with spaces. */
export function settingName(name: string): string {
  const known = settings.names as Record<string, string>;
  return known[name] ?? name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');
}

export const settingHelp = (name: string): string | undefined => (settings.help as Record<string, string>)[name];
export const choiceName = (value: string): string => (settings.choices as Record<string, string>)[value] ?? value;
