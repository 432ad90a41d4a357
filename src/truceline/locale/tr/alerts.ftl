### Uyarıların sözleri.

alert-status = “{ $name }”: önce { $before }, şimdi { $after }.
alert-entry = { $zone } içinde bildirildi: { $kind }, { $at } ({ $id }).
alert-more = Burada sayılmayan: { $count } kayıt daha.
