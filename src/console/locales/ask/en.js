// English. One line for each key, by screen; a plural has its forms by `count`.
export const ask = {
  "client.mine": "Your organisations",
  "client.none": "You have not applied for an organisation yet. Choose a campus below.",
  "client.campuses": "Ask for a product",
  "client.campuses.lead": "Students of a campus build a first version of what your organisation needs. Choose a campus to see its terms.",
  "client.nocampuses": "There is no other campus to ask.",
  "client.apply": "Ask for a product",
  "client.apply.lead": { one: "The campus would like each side to take its next step within a day.", other: "The campus would like each side to take its next step within {count} days." },
  "client.apply.do": "Send the application",
  "client.applied": "Your application has been sent.",
  "client.already": "You have an application at this campus already. Here it is.",
  "client.prove": "Confirm your e-mail address first",
  "client.closed": "This campus takes no applications of organisations at the moment.",
};
