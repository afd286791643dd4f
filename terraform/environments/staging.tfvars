environment     = "staging"
vpc_cidr        = "10.20.0.0/16"
nat_per_zone    = false
admin_role_arns = ["arn:aws:iam::111122223333:role/shopstack-operators"]
backup_bucket   = "shopstack-staging-backups"
log_days        = 14

delivery            = true
code_connection_arn = "arn:aws:codeconnections:eu-west-1:111122223333:connection/00000000-0000-0000-0000-000000000000"

nodes = {
  system = {
    instance_types = ["m7i-flex.large", "m6i.large"]
    minimum        = 3
    maximum        = 5
    disk_gib       = 60
  }

  shop = {
    instance_types = ["m7i-flex.large", "m6i.large"]
    minimum        = 3
    maximum        = 6
    disk_gib       = 60
    spot           = true
  }
}
