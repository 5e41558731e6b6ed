/** The payment provider said no. */
export class PaymentDeclinedError extends Error {
  name = "PaymentDeclinedError";
}

/** The payment provider did not answer. */
export class PaymentTimeoutError extends Error {
  name = "PaymentTimeoutError";
}

/** Charges a card at a provider that fails now and then. */
export async function charge(customer, amount) {
  if (amount > 200) {
    throw new PaymentDeclinedError(`Card of ${customer.email} was declined for an amount of ${amount}`);
  }
  if (customer.id % 7 === 0) {
    const cause = new Error("socket hang up");
    throw new PaymentTimeoutError(`No answer from the payment provider after ${3000 + customer.id} ms`, {
      cause,
    });
  }
}
