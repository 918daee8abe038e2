import { MCPServer } from '@mastra/mcp';
import { supportAgent } from '../agents/support-agent';
import { convertCurrencyTool } from '../tools/convert-currency';
import { shippingRatesTool } from '../tools/shipping-rates';

export const shopServer = new MCPServer({
  id: 'shop',
  name: 'Shop',
  version: '1.4.0',
  description: 'Shipping rates, currency conversion and customer support of the shop',
  tools: { shippingRatesTool, convertCurrencyTool },
  agents: { supportAgent },
});
