/** Why the server itself went no further. */
import { defineTexts } from '../../../i18n/index.ts';

export const ours = defineTexts({
  en: {
    no_gateway: 'No gateway in use carries this channel.',
    gateway_unreachable: 'No gateway could be reached in time.',
    awaiting_receipt: 'The answer of the gateway was lost; a report may still come.',
    outcome_unknown: 'No report came within 72 hours; nobody knows whether it arrived.',
    no_receipt: 'No report came within 72 hours.',
    expired: 'Its time ran out before it arrived.',
    suppressed: 'The recipient must not be written to on this channel.',
    payload_too_large: 'It is too large for this channel.',
    not_written: 'It could not be handed over.',
  },
  fr: {
    no_gateway: 'Aucune passerelle en service ne porte ce canal.',
    gateway_unreachable: 'Aucune passerelle n’a pu être jointe à temps.',
    awaiting_receipt: 'La réponse de la passerelle s’est perdue ; un rapport peut encore venir.',
    outcome_unknown: 'Aucun rapport en 72 heures ; personne ne sait s’il est arrivé.',
    no_receipt: 'Aucun rapport en 72 heures.',
    expired: 'Son délai a expiré avant l’arrivée.',
    suppressed: 'Il ne faut pas écrire à ce destinataire sur ce canal.',
    payload_too_large: 'Il est trop grand pour ce canal.',
    not_written: 'Il n’a pas pu être transmis.',
  },
  pt: {
    no_gateway: 'Nenhum gateway em uso atende este canal.',
    gateway_unreachable: 'Nenhum gateway pôde ser alcançado a tempo.',
    awaiting_receipt: 'A resposta do gateway se perdeu; um aviso ainda pode vir.',
    outcome_unknown: 'Nenhum aviso em 72 horas; ninguém sabe se chegou.',
    no_receipt: 'Nenhum aviso em 72 horas.',
    expired: 'O prazo acabou antes da chegada.',
    suppressed: 'Este destinatário não deve receber mensagens neste canal.',
    payload_too_large: 'É grande demais para este canal.',
    not_written: 'Não pôde ser repassada.',
  },
  ru: {
    no_gateway: 'Ни один работающий шлюз не обслуживает этот канал.',
    gateway_unreachable: 'До шлюзов не удалось дозвониться вовремя.',
    awaiting_receipt: 'Ответ шлюза потерялся; отчёт ещё может прийти.',
    outcome_unknown: 'За 72 часа отчёта не было; дошло ли оно, неизвестно.',
    no_receipt: 'За 72 часа отчёта не было.',
    expired: 'Срок истёк раньше, чем оно дошло.',
    suppressed: 'Этому получателю нельзя писать по этому каналу.',
    payload_too_large: 'Слишком велико для этого канала.',
    not_written: 'Передать его не удалось.',
  },
});
