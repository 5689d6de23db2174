/** Where a text is written: names are offered after an @, pictures taken in. */
import { offerNames } from './parts/mentions';
import { takePictures } from './parts/pictures';

offerNames();
takePictures();
