// @generated from shop.proto
