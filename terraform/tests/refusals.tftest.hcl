# Wrong values are refused by name before anything is asked of AWS. There is no mock here: the real provider's
# settings are looked at as `terraform validate` would, and the wrong region keeps it from being started.
variables {
  environment         = "production"
  region              = "europe"
  vpc_cidr            = "10.20.0.0/20"
  api_public_cidrs    = ["0.0.0.0/0"]
  backup_bucket       = "Shop.Backups"
  delivery            = true
  code_connection_arn = null
  log_days            = 13

  nodes = {
    shop = {
      instance_types = ["m6i.large"]
      minimum        = 1
      maximum        = 6
      disk_gib       = 40
    }
  }
}

run "every_wrong_value_at_once" {
  command = plan

  variables {
    admin_role_arns = []
  }

  expect_failures = [
    var.environment, var.region, var.vpc_cidr, var.api_public_cidrs, var.admin_role_arns, var.backup_bucket,
    var.code_connection_arn, var.log_days, var.nodes,
  ]
}

run "a_user_as_administrator" {
  command = plan

  variables {
    environment         = "staging"
    vpc_cidr            = "10.20.0.0/16"
    api_public_cidrs    = []
    admin_role_arns     = ["arn:aws:iam::111122223333:user/somebody"]
    backup_bucket       = "shopstack-test-backups"
    code_connection_arn = "arn:aws:codeconnections:eu-west-1:111122223333:connection/00000000-0000-0000-0000-000000000000"
    log_days            = 14

    # Both groups, too few nodes
    nodes = {
      for name in ["system", "shop"] : name => { instance_types = ["m6i.large"], minimum = 1, maximum = 6, disk_gib = 40 }
    }
  }

  expect_failures = [var.admin_role_arns, var.region, var.nodes]
}
