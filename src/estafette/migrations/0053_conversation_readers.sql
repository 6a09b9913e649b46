-- Published: other capabilities may ask who reads a conversation.

CREATE VIEW conversation_readers AS
SELECT conversations.id AS conversation_id, person_topics.person_id
FROM conversations
JOIN conversations place ON place.id = coalesce(conversations.parent_id, conversations.id)
JOIN person_topics ON person_topics.topic_id = ANY (place.readers);
COMMENT ON VIEW conversation_readers IS 'Who may read a conversation, and a thread by its parent; a person stands there once for each of their topics that let them';
