/** Words of the list of one's own files. */
import { defineTexts, plural } from '../../i18n/index.ts';

export const files = defineTexts({
  en: {
    title: 'My files',
    text: 'What you have sent or use as a picture. A file goes with the last message that shows it.',
    sum: (files: number, size: string) => `${plural.en(files, { one: '# file', other: '# files' })}, ${size} in all`,
    none: 'No files yet',
    noneText: 'What you attach to messages is found here.',
    save: (name: string) => `Save ${name}`,
  },
  fr: {
    title: 'Mes fichiers',
    text: 'Ce que vous avez envoyé ou utilisez comme image. Un fichier disparaît avec le dernier message qui le montre.',
    sum: (files, size) => `${plural.fr(files, { one: '# fichier', other: '# fichiers' })}, ${size} au total`,
    none: 'Aucun fichier pour l’instant',
    noneText: 'Vous retrouverez ici ce que vous joignez à vos messages.',
    save: (name) => `Enregistrer ${name}`,
  },
  pt: {
    title: 'Meus arquivos',
    text: 'O que você enviou ou usa como imagem. Um arquivo some com a última mensagem que o mostra.',
    sum: (files, size) => `${plural.pt(files, { one: '# arquivo', other: '# arquivos' })}, ${size} no total`,
    none: 'Nenhum arquivo ainda',
    noneText: 'O que você anexar a mensagens aparece aqui.',
    save: (name) => `Salvar ${name}`,
  },
  ru: {
    title: 'Мои файлы',
    text: 'То, что вы отправили или поставили как изображение. Файл исчезает вместе с последним сообщением, в котором он показан.',
    sum: (files, size) => `${plural.ru(files, { one: '# файл', few: '# файла', many: '# файлов' })}, всего ${size}`,
    none: 'Файлов пока нет',
    noneText: 'Здесь будет всё, что вы прикрепите к сообщениям.',
    save: (name) => `Сохранить ${name}`,
  },
});
