environment     = "preprod"
vpc_cidr        = "10.30.0.0/16"
nat_per_zone    = true
admin_role_arns = ["arn:aws:iam::111122223333:role/shopstack-operators"]
backup_bucket   = "shopstack-preprod-backups"
log_days        = 90

# Images and builds are staging's.
delivery = false

nodes = {
  system = {
    instance_types = ["m7i.large", "m6i.large"]
    minimum        = 3
    maximum        = 6
    disk_gib       = 80
  }

  shop = {
    instance_types = ["m7i.xlarge", "m6i.xlarge"]
    minimum        = 3
    maximum        = 9
    disk_gib       = 80
  }
}
