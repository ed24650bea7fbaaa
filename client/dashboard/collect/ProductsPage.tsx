import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Account } from '#shared/contract/access.ts';
import type { Product } from '#shared/contract/settings.ts';
import { patch, post } from '../api/client.ts';
import { productsQuery } from '../api/queries.ts';
import { useTitle } from '../messages/words.tsx';
import { Page } from '../Page.tsx';
import { keyFrom, SettingForm, Text, Waiting } from './parts.tsx';
import { settingsChanged } from './queries.ts';
import { useCollectWords } from './words.ts';

function ProductForm({ product, onClose }: { product?: Product; onClose: () => void }) {
  const { w } = useCollectWords();
  const [name, setName] = useState(product?.name ?? '');
  const [upl, setUpl] = useState(product?.upl ?? '');
  const fields = { name, upl: upl.trim() || null };
  return (
    <SettingForm
      submit={() =>
        product
          ? patch(`products/${encodeURIComponent(product.key)}`, fields)
          : post('products', { key: keyFrom(name), ...fields })
      }
      onDone={onClose}
      onCancel={onClose}
      mistakes={name.trim() ? [] : [`${w('products.name')}: ${w('wrong.required')}`]}
    >
      <div className="kp-collect__pair">
        <Text label={w('products.name')} value={name} onChange={setName} />
        <Text label={`${w('products.upl')} ${w('optional')}`} type="url" value={upl} onChange={setUpl} />
      </div>
    </SettingForm>
  );
}

function ProductRow({ product }: { product: Product }) {
  const { w } = useCollectWords();
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li className={`kp-collect__row${product.retired ? ' kp-collect__row--retired' : ''}`}>
      <div className="kp-collect__line kp-collect__line--point">
        <h2 className="kp-collect__name">{product.name}</h2>
        <p className="kp-collect__badges">
          {product.retired && <span className="kp-collect__badge">{w('products.retired')}</span>}
        </p>
        <ul className="kp-collect__facts">
          <li>{product.key}</li>
          {product.upl && (
            <li>
              <a href={product.upl} target="_blank" rel="noreferrer">
                {product.upl.replace(/^https?:\/\//, '')}
              </a>
            </li>
          )}
        </ul>
        <button
          type="button"
          className="kp-quiet"
          aria-label={`${w(product.retired ? 'point.reinstate' : 'point.retire')}: ${product.name}`}
          onClick={() =>
            void patch(`products/${encodeURIComponent(product.key)}`, { retired: !product.retired }).then(
              settingsChanged,
            )
          }
        >
          {w(product.retired ? 'point.reinstate' : 'point.retire')}
        </button>
        <button
          type="button"
          className="kp-quiet"
          aria-expanded={open}
          aria-controls={id}
          aria-label={`${w(open ? 'close' : 'change')}: ${product.name}`}
          onClick={() => setOpen(!open)}
        >
          {w(open ? 'close' : 'change')}
        </button>
      </div>
      <div id={id} className="kp-collect__more">
        {open && <ProductForm product={product} onClose={() => setOpen(false)} />}
      </div>
    </li>
  );
}

export default function ProductsPage({ account }: { account: Account }) {
  const { w } = useCollectWords();
  const products = useQuery(productsQuery);
  const [adding, setAdding] = useState(false);
  useTitle(w('products.title'));
  if (!products.data)
    return (
      <Page account={account}>
        <Waiting queries={[products]} />
      </Page>
    );
  return (
    <Page account={account}>
      <div className="kp-collect">
        <header className="kp-collect__head">
          <h1 className="kp-collect__title">{w('products.title')}</h1>
          {!adding && (
            <button
              type="button"
              className="utrecht-button utrecht-button--primary-action"
              onClick={() => setAdding(true)}
            >
              {w('products.new')}
            </button>
          )}
        </header>
        <p className="kp-collect__lead">{w('products.lead')}</p>
        {adding && (
          <section className="kp-collect__panel" aria-label={w('products.new')}>
            <ProductForm onClose={() => setAdding(false)} />
          </section>
        )}
        {products.data.length === 0 && <p className="kp-collect__soft">{w('products.none')}</p>}
        <ul className="kp-collect__rows">
          {products.data.map((product) => (
            <ProductRow key={product.key} product={product} />
          ))}
        </ul>
      </div>
    </Page>
  );
}
