/** What gateways of every kind answer. */
import { defineTexts } from '../../../i18n/index.ts';

export const gateways = defineTexts({
  en: {
    throttled: 'The gateway asked to slow down.',
    connection_lost: 'The connection to the gateway broke.',
    bad_destination: 'The gateway does not know this recipient.',
    no_route: 'There is no way to this address.',
    too_large: 'It is too large.',
    failed: 'It could not be delivered.',
    unreachable: 'The recipient could not be reached.',
    service_unavailable: 'The gateway was out of service.',
    refused: 'The gateway refused it.',
  },
  fr: {
    throttled: 'La passerelle a demandé de ralentir.',
    connection_lost: 'La liaison avec la passerelle s’est rompue.',
    bad_destination: 'La passerelle ne connaît pas ce destinataire.',
    no_route: 'Aucun chemin ne mène à cette adresse.',
    too_large: 'Il est trop grand.',
    failed: 'Il n’a pas pu être remis.',
    unreachable: 'Le destinataire n’a pas pu être joint.',
    service_unavailable: 'La passerelle était hors service.',
    refused: 'La passerelle l’a refusé.',
  },
  pt: {
    throttled: 'O gateway pediu para ir mais devagar.',
    connection_lost: 'A ligação com o gateway caiu.',
    bad_destination: 'O gateway não conhece este destinatário.',
    no_route: 'Não há caminho até este endereço.',
    too_large: 'É grande demais.',
    failed: 'Não pôde ser entregue.',
    unreachable: 'O destinatário não pôde ser alcançado.',
    service_unavailable: 'O gateway estava fora de serviço.',
    refused: 'O gateway a recusou.',
  },
  ru: {
    throttled: 'Шлюз попросил отправлять медленнее.',
    connection_lost: 'Связь со шлюзом оборвалась.',
    bad_destination: 'Шлюз не знает такого получателя.',
    no_route: 'К этому адресу нет пути.',
    too_large: 'Слишком велико.',
    failed: 'Доставить не удалось.',
    unreachable: 'Получатель недоступен.',
    service_unavailable: 'Шлюз не работал.',
    refused: 'Шлюз отказал.',
  },
});
