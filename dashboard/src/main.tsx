import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/styles.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import './language/language';
import { styleNonce } from './theme/theme';

setNonce(styleNonce());
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
