-- official registers and results: nothing of a person
select privacy.impersonal('territory.source', 'territory.state', 'territory.district', 'territory.association', 'territory.municipality', 'territory.postal_code',
  'territory.key_change', 'territory.boundary', 'territory.election', 'territory.result', 'territory.list_result');
