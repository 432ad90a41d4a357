### Слова оповещений.

alert-status = «{ $name }»: было «{ $before }», стало «{ $after }».
alert-entry = Сообщение, { $zone }: { $kind }, { $at } ({ $id }).
alert-more = Здесь не перечислено ещё: { $count }.
