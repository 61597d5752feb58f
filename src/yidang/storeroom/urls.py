from django.urls import path

from yidang.storeroom.climate import door
from yidang.storeroom.climate import views as climate
from yidang.storeroom.keeping import views as keeping
from yidang.storeroom.rounds import views as rounds
from yidang.storeroom.stock import views as stock
from yidang.storeroom.zones import views as zones

app_name = "storeroom"

urlpatterns = [
    path("places/", keeping.places, name="places"),
    path("places/<uuid:place_id>/", keeping.place, name="place"),
    path("places/<uuid:place_id>/labels.pdf", keeping.place_labels, name="place_labels"),
    path("boxes/", keeping.boxes, name="boxes"),
    path("boxes/<uuid:box_id>/", keeping.box, name="box"),
    path("boxes/<uuid:box_id>/put/", keeping.put_in, name="put_in"),
    path("boxes/<uuid:box_id>/take/", keeping.take_from, name="take_from"),
    path("boxes/<uuid:box_id>/move/", keeping.move_box, name="move_box"),
    path("boxes/<uuid:box_id>/close/", keeping.close_box, name="close_box"),
    path("boxes/<uuid:box_id>/reference.pdf", keeping.box_reference, name="box_reference"),
    path("boxes/<uuid:box_id>/labels.pdf", keeping.box_labels, name="box_labels"),
    path("stock/", stock.takes, name="takes"),
    path("stock/worker.js", stock.worker, name="worker"),
    path("stock/<uuid:take_id>/", stock.take, name="take"),
    path("stock/<uuid:take_id>/count/", stock.count, name="count"),
    path("stock/<uuid:take_id>/books.json", stock.books, name="books"),
    path("stock/<uuid:take_id>/scans/", stock.scans, name="scans"),
    path("stock/<uuid:take_id>/compare/", stock.compare, name="compare"),
    path("stock/<uuid:take_id>/settle/", stock.settle, name="settle"),
    path("register/", zones.register, name="register"),
    path("register/<uuid:entry_id>/leave/", zones.leave, name="leave"),
    path("climate/", climate.climate, name="climate"),
    path("climate/month/", climate.month, name="climate_month"),
    path("climate/alarms/", climate.alarms, name="alarms"),
    path("climate/alarms/<uuid:alarm_id>/", climate.alarm, name="alarm"),
    path("climate/sensors/new/", climate.new_sensor, name="new_sensor"),
    path("climate/sensors/<uuid:sensor_id>/", climate.sensor, name="sensor"),
    path("climate/sensors/<uuid:sensor_id>/token/", climate.renew_token, name="renew_token"),
    path("climate/sensors/<uuid:sensor_id>/switch/", climate.switch_sensor, name="switch_sensor"),
    path("climate/readings/", door.readings, name="readings"),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/<uuid:round_id>/", rounds.one, name="round"),
    path("rounds/<uuid:round_id>/answer/", rounds.answer, name="answer"),
    path("rounds/findings/<uuid:finding_id>/cure/", rounds.cure, name="cure"),
    path("rounds/photos/<uuid:photo_id>/", rounds.photo, name="photo"),
]
