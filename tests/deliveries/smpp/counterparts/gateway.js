// A gateway by the npm package `smpp`: node gateway.js PORT [KEY CERTIFICATE]
// The last two digits of a destination choose what happens (counterparts/__init__.py); each line written is one fact.
'use strict';

const fs = require('fs');
const smpp = require('smpp');

const [port, key, certificate] = process.argv.slice(2);
const tls = key ? { key: fs.readFileSync(key), cert: fs.readFileSync(certificate) } : {};
const say = (fact) => process.stdout.write(JSON.stringify(fact) + '\n');
let count = 0;

// The first of one part of a long message: [iei, length, reference…, parts, part].
function places(message) {
  const element = (message.udh || []).find((each) => each[0] === 0 || each[0] === 8);
  return element ? [element[element.length - 2], element[element.length - 1]] : [1, 1];
}

function words(id, state, error) {
  return `id:${id} sub:001 dlvrd:001 submit date:2611201200 done date:2611201201 stat:${state} err:${error} text:Hello`;
}

function serve(session) {
  let mute = false;
  let refusedOnce = false;
  session.on('error', () => session.destroy());
  session.on('bind_transceiver', (pdu) => {
    const wrong = pdu.password !== 'secret';
    session.send(pdu.response({ command_status: wrong ? smpp.ESME_RINVPASWD : 0, system_id: 'node' }));
    if (!wrong) say({ bound: pdu.system_id, system_type: pdu.system_type, version: pdu.interface_version });
  });
  session.on('enquire_link', (pdu) => {
    say({ enquired: true });
    if (!mute) session.send(pdu.response());
  });
  session.on('unbind', (pdu) => {
    say({ unbound: true });
    session.send(pdu.response(), () => session.close());
  });
  session.on('submit_sm', (pdu) => {
    const behaviour = pdu.destination_addr.slice(-2);
    const [parts, part] = places(pdu.short_message);
    const refuse = (status) => session.send(pdu.response({ command_status: status }));
    if (behaviour === '05') return refuse(smpp.ESME_RTHROTTLED);
    if (behaviour === '08') return refuse(smpp.ESME_RINVDSTADR);
    if (behaviour === '16' && part === 2) return refuse(smpp.ESME_RINVDSTADR);
    if (behaviour === '17' && part === 2 && !refusedOnce) {
      refusedOnce = true;
      return refuse(smpp.ESME_RTHROTTLED);
    }
    if (behaviour === '18') {
      return session.send(new smpp.PDU('generic_nack', { command_status: 3, sequence_number: pdu.sequence_number }));
    }
    const id = behaviour === '14' ? '00' + (0xab00 + ++count).toString(16).toUpperCase() : String(10000 + ++count);
    say({
      accepted: id,
      source: pdu.source_addr,
      destination: pdu.destination_addr,
      source_ton: pdu.source_addr_ton,
      source_npi: pdu.source_addr_npi,
      destination_ton: pdu.dest_addr_ton,
      registered: pdu.registered_delivery,
      priority: pdu.priority_flag,
      validity: pdu.validity_period instanceof Date ? pdu.validity_period.getTime() / 1000 : null,
      data_coding: pdu.data_coding,
      text: pdu.short_message.message,
      parts,
      part,
    });
    const accept = () => session.send(pdu.response({ message_id: id }));
    const report = (fields, command = 'deliver_sm', then = () => {}) => {
      const whom = { source_addr: pdu.destination_addr, destination_addr: pdu.source_addr };
      session[command]({ ...whom, esm_class: 4, ...fields }, (answer) => {
        say({ answered: answer.command_status });
        then();
      });
    };
    const delivered = { short_message: words(id, 'DELIVRD', '000'), receipted_message_id: id, message_state: 2 };
    switch (behaviour) {
      case '01':
        return report(delivered, 'deliver_sm', accept);
      case '02':
        return accept();
      case '03':
        accept();
        report(delivered);
        return report(delivered);
      case '04':
        accept();
        report({ short_message: 'stat:DELIVRD' });
        report({ short_message: `id:${id} stat:PERHAPS` });
        return report({ short_message: 'What a nice day' });
      case '06':
        return session.destroy();
      case '07':
        return undefined;
      case '09':
        accept();
        return report({ short_message: words(id, 'UNDELIV', '011') });
      case '10':
        accept();
        return report(
          { receipted_message_id: id, message_state: 5, network_error_code: Buffer.from([3, 0, 17]) },
          'data_sm',
        );
      case '11':
        mute = true;
        return undefined;
      case '12':
        accept();
        return session.unbind();
      case '13':
        accept();
        return report({ short_message: 'Yes, please', esm_class: 0 });
      case '14':
        accept();
        return report({ short_message: words(parseInt(id, 16), 'DELIVRD', '000') });
      case '15':
        accept();
        return session.socket.write(Buffer.from('00000004000000150000000000000001', 'hex'));
      case '19': {
        accept();
        // Again and again until it is taken.
        const insist = () =>
          session.deliver_sm({ ...delivered, esm_class: 4 }, (answer) => {
            say({ answered: answer.command_status });
            if (answer.command_status) insist();
          });
        return insist();
      }
      default:
        accept();
        return report(delivered);
    }
  });
}

smpp.createServer(tls, serve).listen(Number(port), '127.0.0.1', () => say({ ready: true }));
