/** The words of the files that a conversation shares. */
import { defineTexts } from '../../i18n/index.ts';

export const files = defineTexts({
  en: {
    title: 'Files',
    kinds: { all: 'All', images: 'Images', documents: 'Documents' },
    none: 'No files yet',
    noneText: 'What is attached to a message is found here again.',
    noImages: 'No images here',
    noDocuments: 'No documents here',
    showMessage: (name: string) => `Show the message with ${name}`,
    save: (name: string) => `Save ${name}`,
  },
  fr: {
    title: 'Fichiers',
    kinds: { all: 'Tous', images: 'Images', documents: 'Documents' },
    none: 'Aucun fichier pour l’instant',
    noneText: 'Ce qui est joint à un message se retrouve ici.',
    noImages: 'Aucune image ici',
    noDocuments: 'Aucun document ici',
    showMessage: (name) => `Afficher le message avec ${name}`,
    save: (name) => `Enregistrer ${name}`,
  },
  pt: {
    title: 'Arquivos',
    kinds: { all: 'Todos', images: 'Imagens', documents: 'Documentos' },
    none: 'Nenhum arquivo ainda',
    noneText: 'O que for anexado a uma mensagem aparece aqui.',
    noImages: 'Nenhuma imagem aqui',
    noDocuments: 'Nenhum documento aqui',
    showMessage: (name) => `Mostrar a mensagem com ${name}`,
    save: (name) => `Salvar ${name}`,
  },
  ru: {
    title: 'Файлы',
    kinds: { all: 'Все', images: 'Картинки', documents: 'Документы' },
    none: 'Файлов пока нет',
    noneText: 'Здесь будет всё, что прикрепят к сообщениям.',
    noImages: 'Картинок нет',
    noDocuments: 'Документов нет',
    showMessage: (name) => `Показать сообщение с файлом ${name}`,
    save: (name) => `Сохранить ${name}`,
  },
});
