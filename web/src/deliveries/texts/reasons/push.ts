/** What the push services of browsers answer. */
import { defineTexts } from '../../../i18n/index.ts';

export const push = defineTexts({
  en: {
    subscription_gone: 'This browser does not accept notifications any more.',
    bad_subscription: 'The key of this browser is unusable.',
    endpoint_refused: 'This server may not call the push service of this browser.',
    too_many_requests: 'The gateway asked to slow down.',
    not_authorized: 'The gateway did not accept our credentials.',
  },
  fr: {
    subscription_gone: 'Ce navigateur n’accepte plus de notifications.',
    bad_subscription: 'La clé de ce navigateur est inutilisable.',
    endpoint_refused: 'Ce serveur ne peut pas appeler le service push de ce navigateur.',
    too_many_requests: 'La passerelle a demandé de ralentir.',
    not_authorized: 'La passerelle n’a pas accepté nos identifiants.',
  },
  pt: {
    subscription_gone: 'Este navegador não aceita mais notificações.',
    bad_subscription: 'A chave deste navegador não serve.',
    endpoint_refused: 'Este servidor não pode chamar o serviço push deste navegador.',
    too_many_requests: 'O gateway pediu para ir mais devagar.',
    not_authorized: 'O gateway não aceitou nossas credenciais.',
  },
  ru: {
    subscription_gone: 'Этот браузер больше не принимает уведомления.',
    bad_subscription: 'Ключ этого браузера непригоден.',
    endpoint_refused: 'Этому серверу нельзя обращаться к службе push этого браузера.',
    too_many_requests: 'Шлюз попросил отправлять медленнее.',
    not_authorized: 'Шлюз не принял наши данные для входа.',
  },
});
