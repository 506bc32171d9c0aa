from django.urls import path

from volunteers.accounts import phones, reviews, views

app_name = "accounts"

urlpatterns = [
    path("set-up/", views.set_up, name="set-up"),
    path("devices/<uuid:device_id>/revoke/", views.device_revoke, name="device-revoke"),
    path("phone/link/", phones.phone_link, name="phone-link"),
    path("api/inbox/", phones.phone_inbox, name="inbox"),
    path("review/", reviews.review_list, name="review-list"),
    path("review/<uuid:item_id>/", reviews.review_detail, name="review-detail"),
    path("review/<uuid:item_id>/accept/", reviews.review_accept, name="review-accept"),
    path("review/<uuid:item_id>/reject/", reviews.review_reject, name="review-reject"),
    path("review/<uuid:item_id>/reopen/", reviews.review_reopen, name="review-reopen"),
]
