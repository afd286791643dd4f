data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_availability_zones" "this" {
  state = "available"

  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  name      = "${var.project}-${var.environment}"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  zones     = slice(sort(data.aws_availability_zones.this.names), 0, 3)

  # By name, because the logs' key and the cluster need each other otherwise.
  cluster_arn = "arn:${local.partition}:eks:${var.region}:${local.account}:cluster/${local.name}"
}
