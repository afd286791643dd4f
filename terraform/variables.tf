variable "project" {
  description = "Prefix of every name"
  type        = string
  default     = "shopstack"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,20}$", var.project))
    error_message = "project must be 3 to 21 lower-case letters, digits and hyphens, beginning with a letter."
  }
}

variable "environment" {
  description = "staging or preprod"
  type        = string

  validation {
    condition     = contains(["staging", "preprod"], var.environment)
    error_message = "environment must be staging or preprod."
  }
}

variable "region" {
  description = "AWS region; valuefiles/ name the same one"
  type        = string
  default     = "eu-west-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must look like eu-west-1."
  }
}

variable "vpc_cidr" {
  description = "Addresses of the VPC; cut into three public /20s and three private /19s of a /16"
  type        = string

  validation {
    condition     = can(cidrnetmask(var.vpc_cidr)) && endswith(var.vpc_cidr, "/16")
    error_message = "vpc_cidr must be an IPv4 /16, such as 10.20.0.0/16."
  }
}

variable "nat_per_zone" {
  description = "A NAT gateway in every zone (a zone's failure stops only its own nodes) instead of one for all"
  type        = bool
  default     = true
}

variable "kubernetes_version" {
  description = "Minor version of EKS"
  type        = string
  default     = "1.34"

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "kubernetes_version must be a minor version, such as 1.34."
  }
}

variable "api_public_cidrs" {
  description = "Who may reach the cluster's API from the internet; empty leaves it private"
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.api_public_cidrs : can(cidrnetmask(cidr))])
    error_message = "api_public_cidrs must be IPv4 ranges."
  }

  validation {
    condition     = alltrue([for cidr in var.api_public_cidrs : tonumber(split("/", cidr)[1]) >= 16])
    error_message = "api_public_cidrs must be /16 or narrower: the API is not for the whole internet."
  }
}

variable "admin_role_arns" {
  description = "IAM roles that administer the cluster; nobody else does, not even who made it"
  type        = set(string)

  validation {
    condition     = length(var.admin_role_arns) > 0 && alltrue([for arn in var.admin_role_arns : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", arn))])
    error_message = "admin_role_arns must name at least one IAM role, as arn:aws:iam::<account>:role/<name>."
  }
}

variable "nodes" {
  description = "Node groups: `system` takes what runs around the shop, `shop` the shop alone (tainted and labelled app=<project>)"
  type = map(object({
    instance_types = list(string)
    minimum        = number
    maximum        = number
    disk_gib       = number
    spot           = optional(bool, false)
  }))

  validation {
    condition     = toset(keys(var.nodes)) == toset(["system", "shop"])
    error_message = "nodes must have the groups system and shop, and no other."
  }

  validation {
    condition     = alltrue([for name, it in var.nodes : it.minimum >= (name == "shop" ? 3 : 2) && it.maximum >= it.minimum])
    error_message = "nodes need a minimum of 2 (system) and 3 (shop, one per zone), and a maximum that is not below it."
  }
}

variable "images" {
  description = "Images that get a repository, as <project>/<project>-<image>"
  type        = set(string)
  default = [
    "user", "catalogue", "cart", "payment", "shipping", "ratings", "dispatch", "web",
    "mongo", "mysql", "simulators", "tools",
  ]
}

variable "delivery" {
  description = "Repositories of images and the CodeBuild project. One environment of an account has them; the others use its images"
  type        = bool
}

variable "repository_url" {
  description = "The Git repository CodeBuild builds; the same as in valuefiles/environments/source/repository.yaml"
  type        = string
  default     = "https://github.com/shopstack/shopstack.git"

  validation {
    condition     = can(regex("^https://.+\\.git$", var.repository_url))
    error_message = "repository_url must be an https address that ends in .git."
  }
}

variable "code_connection_arn" {
  description = "The CodeConnections connection that reads and pushes the repository; needed with delivery"
  type        = string
  default     = null

  validation {
    condition     = !var.delivery || can(regex("^arn:aws[a-z-]*:(codeconnections|codestar-connections):", var.code_connection_arn))
    error_message = "code_connection_arn must be the ARN of a connection when delivery is on."
  }
}

variable "backup_bucket" {
  description = "Bucket for Velero; S3's names are global. valuefiles/velero-values.yaml names the same one"
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.backup_bucket))
    error_message = "backup_bucket must be a valid S3 bucket name without dots."
  }
}

variable "log_days" {
  description = "How long CloudWatch keeps logs"
  type        = number
  default     = 30

  validation {
    condition     = contains([7, 14, 30, 60, 90, 180, 365], var.log_days)
    error_message = "log_days must be one of 7, 14, 30, 60, 90, 180, 365."
  }
}
