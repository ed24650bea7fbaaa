// The yardstick: what an empty Express handler does with the same requests.
import type { AddressInfo } from 'node:net';
import express from 'express';

const app = express();
app.use(express.json());
app.post('/api/v1/ratings', (request, response) => {
  response.status(201).json({ id: request.body.id, status: 'accepted' });
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
