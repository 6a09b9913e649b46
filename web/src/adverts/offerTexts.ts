/** The words of adverts on a storefront. */
import { defineTexts } from '../i18n/index.ts';

export const offerTexts = defineTexts({
  en: {
    title: 'What we offer',
    contact: 'Contact me',
    contactAbout: (title: string) => `Contact me about “${title}”`,
    manage: 'Manage adverts',
    ownEmpty: 'Visitors can ask you about single offers: a car, a room, a boat. Add your first advert.',
    add: 'Add an advert',
  },
  fr: {
    title: 'Nos offres',
    contact: 'Me contacter',
    contactAbout: (title) => `Me contacter au sujet de « ${title} »`,
    manage: 'Gérer les annonces',
    ownEmpty: 'Les visiteurs peuvent vous interroger sur une offre précise : une voiture, une chambre, un bateau. Ajoutez votre première annonce.',
    add: 'Ajouter une annonce',
  },
  pt: {
    title: 'O que oferecemos',
    contact: 'Quero contato',
    contactAbout: (title) => `Quero contato sobre “${title}”`,
    manage: 'Gerenciar anúncios',
    ownEmpty: 'Os visitantes podem perguntar sobre uma oferta específica: um carro, um quarto, um barco. Adicione seu primeiro anúncio.',
    add: 'Adicionar anúncio',
  },
  ru: {
    title: 'Что мы предлагаем',
    contact: 'Оставить заявку',
    contactAbout: (title) => `Оставить заявку: «${title}»`,
    manage: 'Управлять объявлениями',
    ownEmpty: 'Посетители могут спросить об отдельном предложении: машине, комнате, лодке. Добавьте первое объявление.',
    add: 'Добавить объявление',
  },
});
