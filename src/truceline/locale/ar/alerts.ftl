### ما تقوله التنبيهات.

alert-status = كانت حالة «{ $name }»: { $before }، وهي الآن: { $after }.
alert-entry = أُبلغ في { $zone } عن: { $kind }، { $at } ({ $id }).
alert-more = لم يُدرج هنا: { $count }.
