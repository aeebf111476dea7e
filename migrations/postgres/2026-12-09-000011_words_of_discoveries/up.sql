-- What is searched of discoveries is made otherwise from now on: the service reads their words again.
UPDATE discoveries SET search_words = '';
